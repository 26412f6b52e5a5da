#include "base/ip_address.hpp"

#include <fmt/compile.h>

#include "base/ascii.hpp"

namespace mailwalk {

std::string IpAddress::text() const {
  return fmt::format(FMT_COMPILE("{}.{}.{}.{}"), value >> 24, (value >> 16) & 255,
                     (value >> 8) & 255, value & 255);
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  IpAddress address;
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = part < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return std::nullopt;
    const std::string_view digits = text.substr(0, dot);
    if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
    const auto number = ascii::parse_number(digits, 255);
    if (!number) return std::nullopt;
    address.value = address.value << 8 | static_cast<std::uint32_t>(*number);
    text.remove_prefix(part < 3 ? dot + 1 : dot);
  }
  return address;
}

}  // namespace mailwalk
