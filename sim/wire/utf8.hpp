// UTF-8 (RFC 3629): checking, repairing and writing it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailwalk::wire {

// The length in octets (1 to 4) of the well-formed character at the start of text; 0 if there is
// none: empty text, a stray or missing continuation, an overlong form, a surrogate, above U+10FFFF.
std::size_t utf8_length(std::string_view text);

bool is_utf8(std::string_view text);

// Whether no octet is above 127.
bool is_ascii(std::string_view text);

// Text with U+FFFD in place of every octet that belongs to no well-formed character.
std::string to_valid_utf8(std::string_view text);

// The code point of the well-formed character at the start of text. REQUIRES utf8_length(text) > 0.
char32_t utf8_code_point(std::string_view text);

// REQUIRES a scalar value: at most U+10FFFF and no surrogate.
void append_utf8(std::string& out, char32_t code_point);

}  // namespace mailwalk::wire
