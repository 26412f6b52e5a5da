// Base64 (RFC 4648 section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailwalk::wire {

// One line, padded.
std::string base64_encode(std::string_view bytes);

// Strict: whole groups of four, padding only at the end, unused bits zero, nothing outside the
// alphabet. nullopt otherwise.
std::optional<std::string> base64_decode(std::string_view text);

// For bodies of mails (RFC 2045 section 6.8): what is outside the alphabet is skipped, the first
// padding ends it, and an unfinished group gives what it holds. Never fails.
std::string base64_decode_lenient(std::string_view text);

}  // namespace mailwalk::wire
