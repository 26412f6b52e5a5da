#include "mail/status_code.hpp"

#include <array>
#include <charconv>
#include <cstddef>

#include "base/ascii.hpp"

namespace mailwalk::mail {

namespace {

constexpr std::uint64_t kMaxNumber = 999;

// subject, detail = 1*3DIGIT without leading zeros (RFC 3463 section 2)
std::optional<std::uint16_t> parse_part(std::string_view digits) {
  if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
  const auto number = ascii::parse_number(digits, kMaxNumber);
  if (!number) return std::nullopt;
  return static_cast<std::uint16_t>(*number);
}

}  // namespace

std::string StatusCode::text() const {
  std::array<char, sizeof("255.65535.65535")> buffer;
  char* end = buffer.data();
  for (const unsigned number : {unsigned{class_digit}, unsigned{subject}, unsigned{detail}}) {
    if (end != buffer.data()) *end++ = '.';
    end = std::to_chars(end, buffer.data() + buffer.size(), number).ptr;
  }
  return {buffer.data(), end};
}

std::optional<StatusCode> StatusCode::parse(std::string_view text) {
  if (text.size() < 2 || text[1] != '.') return std::nullopt;
  const char class_digit = text[0];
  if (class_digit != '2' && class_digit != '4' && class_digit != '5') return std::nullopt;
  const std::string_view numbers = text.substr(2);
  const std::size_t dot = numbers.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto subject = parse_part(numbers.substr(0, dot));
  const auto detail = parse_part(numbers.substr(dot + 1));
  if (!subject || !detail) return std::nullopt;
  return StatusCode{static_cast<std::uint8_t>(class_digit - '0'), *subject, *detail};
}

}  // namespace mailwalk::mail
