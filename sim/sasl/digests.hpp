// The digests of which mechanisms are made. Octets in, octets out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailwalk::sasl {

// In 32 hexadecimal digits, as CRAM-MD5 sends it; nullopt where this machine has no MD5.
std::optional<std::string> hmac_md5_hex(std::string_view key, std::string_view text);

std::string sha256(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);
// Hi() of RFC 5802 section 2.2: PBKDF2 with HMAC-SHA-256. REQUIRES iterations > 0.
std::string salted_sha256(std::string_view password, std::string_view salt, int iterations);

// Without telling by its time where they differ.
bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace mailwalk::sasl
