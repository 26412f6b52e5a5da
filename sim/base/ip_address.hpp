// An IPv4 address, as machines of a scenario carry it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailwalk {

struct IpAddress {
  std::uint32_t value = 0;  // host byte order: 192.0.2.1 is 0xC0000201

  friend constexpr auto operator<=>(IpAddress, IpAddress) = default;

  // "192.0.2.1"
  [[nodiscard]] std::string text() const;

  // Four decimal numbers of 0 to 255 without leading zeros, and nothing else.
  static std::optional<IpAddress> parse(std::string_view text);
};

}  // namespace mailwalk
