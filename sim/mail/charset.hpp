// The few charsets that mails shown here come in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailwalk::mail {

enum class Charset { UsAscii, Utf8, Iso8859_1, Windows1252 };

// By its name or a common alias, in any case; nullopt if it is none of these.
std::optional<Charset> charset_named(std::string_view name);

// Always valid UTF-8: octets that mean nothing in the charset become U+FFFD.
std::string to_utf8(std::string_view text, Charset charset);

}  // namespace mailwalk::mail
