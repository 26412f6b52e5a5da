// APOP: logging in without sending the password (RFC 1939 section 7).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailwalk::pop3 {

// "<serial.drawn@host>": RFC 1939 wants it different in each greeting, and suggests process id and
// clock. Ours comes from a serial and a number that was drawn.
std::string make_stamp(std::uint64_t serial, std::uint64_t drawn, std::string_view host_name);

// The stamp in a greeting's text: the first "<…@…>", with its brackets; nullopt if there is none.
std::optional<std::string> find_stamp(std::string_view greeting_text);

// MD5 of stamp and password in 32 lower-case hexadecimal digits. nullopt if this machine's OpenSSL
// refuses MD5, as some policies do; then APOP cannot be offered.
std::optional<std::string> apop_digest(std::string_view stamp, std::string_view password);
bool apop_available();

}  // namespace mailwalk::pop3
