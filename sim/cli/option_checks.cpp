#include "cli/option_checks.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/ascii.hpp"
#include "base/ip_address.hpp"
#include "net/tcp_places.hpp"

namespace mailwalk::cli {

std::optional<std::pair<Port, Port>> read_port_pair(std::string_view text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  const auto from = ascii::parse_number(text.substr(0, equals), 65'535);
  const auto to = ascii::parse_number(text.substr(std::min(equals + 1, text.size())), 65'535);
  if (!from || !to) return std::nullopt;
  const Port in_lesson{static_cast<std::uint16_t>(*from)};
  if (net::kUsualPorts.count(in_lesson) == 0) return std::nullopt;
  return std::pair{in_lesson, Port{static_cast<std::uint16_t>(*to)}};
}

CLI::Validator port_pair() {
  const auto check = [](const std::string& text) {
    return read_port_pair(text) ? std::string() : "expected 25, 110 or 587, = and a port: 25=2525";
  };
  return {check, "PORT=PORT"};
}

CLI::Validator outer_address() {
  const auto check = [](const std::string& text) -> std::string {
    const auto address = IpAddress::parse(text);
    if (!address) return "expected an IPv4 address of this computer, such as 192.168.1.5";
    if (address->value == 0) return "expected one address: 0.0.0.0 is all of them";
    if (net::is_loopback(*address)) return "nobody but this computer reaches 127.x.x.x";
    return {};
  };
  return {check, "ADDRESS"};
}

CLI::Validator whole_number() {
  const auto check = [](const std::string& text) {
    return ascii::parse_number(text) ? std::string()
                                     : "expected a whole number from 0 to 18446744073709551615";
  };
  return {check, "NUMBER"};
}

CLI::Validator number_of_seconds() {
  constexpr std::uint64_t kYear = 31'536'000;
  const auto check = [](const std::string& text) -> std::string {
    const auto seconds = ascii::parse_number(text, kYear);
    if (seconds && *seconds > 0) return {};
    return "expected a number of seconds without a unit, from 1 to 31536000 (a year): 60";
  };
  return {check, "SECONDS"};
}

}  // namespace mailwalk::cli
