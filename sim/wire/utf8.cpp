#include "wire/utf8.hpp"

#include <cassert>
#include <cstdint>
#include <cstring>

namespace mailwalk::wire {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

unsigned octet_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

bool is_continuation(unsigned octet) {
  return (octet & 0xC0) == 0x80;
}

// RFC 3629 section 4: the second octet is narrower than a continuation after these first octets,
// which is what shuts out overlong forms, surrogates and what lies above U+10FFFF.
bool second_octet_fits(unsigned first, unsigned second) {
  switch (first) {
    case 0xE0: return second >= 0xA0 && second <= 0xBF;
    case 0xED: return second >= 0x80 && second <= 0x9F;
    case 0xF0: return second >= 0x90 && second <= 0xBF;
    case 0xF4: return second >= 0x80 && second <= 0x8F;
    default: return is_continuation(second);
  }
}

std::size_t length_after(unsigned first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  const std::size_t length = length_after(octet_at(text, 0));
  if (length > text.size()) return 0;
  if (length >= 2 && !second_octet_fits(octet_at(text, 0), octet_at(text, 1))) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!is_continuation(octet_at(text, i))) return 0;
  }
  return length;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool is_ascii(std::string_view text) {
  // Eight octets at a time: this runs over whole mails.
  while (text.size() >= 8) {
    std::uint64_t octets = 0;
    std::memcpy(&octets, text.data(), 8);
    if ((octets & 0x8080808080808080U) != 0) return false;
    text.remove_prefix(8);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (octet_at(text, i) > 127) return false;
  }
  return true;
}

std::string to_valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    valid.append(length > 0 ? text.substr(0, length) : kReplacement);
    text.remove_prefix(length > 0 ? length : 1);
  }
  return valid;
}

char32_t utf8_code_point(std::string_view text) {
  const std::size_t length = utf8_length(text);
  assert(length > 0);
  static constexpr unsigned kFirstOctetBits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t code_point = octet_at(text, 0) & kFirstOctetBits[length];
  for (std::size_t i = 1; i < length; ++i) {
    code_point = code_point << 6 | (octet_at(text, i) & 0x3F);
  }
  return code_point;
}

void append_utf8(std::string& out, char32_t code_point) {
  assert(code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF));
  const auto put = [&out](char32_t octet) { out += static_cast<char>(octet); };
  const auto put_continuation = [&](int shift) { put(0x80 | (code_point >> shift & 0x3F)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put_continuation(0);
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put_continuation(6);
    put_continuation(0);
  } else {
    put(0xF0 | code_point >> 18);
    put_continuation(12);
    put_continuation(6);
    put_continuation(0);
  }
}

}  // namespace mailwalk::wire
