#include "world/scenario_reading.hpp"

#include <fmt/format.h>

#include <array>

#include "base/ascii.hpp"

namespace mailwalk::world {
namespace {

constexpr std::size_t kMostNameOctets = 253;  // RFC 1035 section 2.3.4, without the root's dot
constexpr std::size_t kMostLabelOctets = 63;

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kMostLabelOctets) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  for (const char c : label) {
    if (!ascii::is_digit(c) && !(c >= 'a' && c <= 'z') && c != '-') return false;
  }
  return true;
}

// Loopback, "this network", multicast and what is reserved are no machine's own.
bool is_machine_address(IpAddress address) {
  const std::uint32_t first = address.value >> 24;
  return first != 0 && first != 127 && first < 224;
}

// The N of "keep N days" and "keep 1 day".
std::optional<std::uint32_t> keep_days_of(std::string_view text) {
  constexpr std::string_view kBefore = "keep ";
  constexpr std::uint64_t kMostDays = 3'650;
  if (!text.starts_with(kBefore)) return std::nullopt;
  text.remove_prefix(kBefore.size());
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto days = ascii::parse_number(text.substr(0, space), kMostDays);
  if (!days || *days == 0) return std::nullopt;
  const std::string_view unit = text.substr(space + 1);
  if (unit != "days" && !(unit == "day" && *days == 1)) return std::nullopt;
  return static_cast<std::uint32_t>(*days);
}

}  // namespace

bool is_name(std::string_view text) {
  if (text.size() > kMostNameOctets) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool check_name(const PlacedText& name, Reading& reading) {
  if (is_name(name.value)) return true;
  const std::string lower = ascii::to_lower(name.value);
  reading.problems.add(name.place, fmt::format("{} is not a name", in_quotes(name.value)),
                       is_name(lower)
                           ? fmt::format("write it in lower case: \"{}\"", lower)
                           : "use a to z, 0 to 9 and hyphens in parts joined by single dots");
  return false;
}

HostSpec* find_host(Scenario& scenario, std::string_view name) {
  for (HostSpec& host : scenario.hosts) {
    if (host.name == name) return &host;
  }
  return nullptr;
}

DeviceSpec* find_device(Scenario& scenario, std::string_view name) {
  for (DeviceSpec& device : scenario.devices) {
    if (device.name == name) return &device;
  }
  return nullptr;
}

Words host_names(const Scenario& scenario) {
  Words names;
  for (const HostSpec& host : scenario.hosts) names.push_back(host.name);
  return names;
}

Words device_names(const Scenario& scenario) {
  Words names;
  for (const DeviceSpec& device : scenario.devices) names.push_back(device.name);
  return names;
}

Words machine_names(const Reading& reading) {
  Words names = host_names(reading.scenario);
  for (const std::string_view name : device_names(reading.scenario)) names.push_back(name);
  return names;
}

bool check_machine(const PlacedText& name, std::string_view what, Reading& reading) {
  if (reading.machine_names.count(name.value) > 0) return true;
  reading.problems.add(
      name.place, fmt::format("{} is {}, which is no machine here", what, in_quotes(name.value)),
      suggest(name.value, machine_names(reading)));
  return false;
}

HostSpec* require_host(const PlacedText& name, std::string_view what, Reading& reading) {
  HostSpec* host = find_host(reading.scenario, name.value);
  if (host == nullptr) {
    reading.problems.add(
        name.place, fmt::format("{} is {}, which is no host here", what, in_quotes(name.value)),
        suggest(name.value, host_names(reading.scenario)));
  }
  return host;
}

DeviceSpec* require_device(const PlacedText& name, std::string_view what, Reading& reading) {
  DeviceSpec* device = find_device(reading.scenario, name.value);
  if (device == nullptr) {
    reading.problems.add(
        name.place, fmt::format("{} is {}, which is no device here", what, in_quotes(name.value)),
        suggest(name.value, device_names(reading.scenario)));
  }
  return device;
}

bool add_machine_name(const PlacedText& name, Reading& reading) {
  if (!check_name(name, reading)) return false;
  if (reading.machine_names.size() == kMostMachines) {
    reading.problems.add(name.place, fmt::format("more than {} machines", kMostMachines),
                         "take some away: nobody could follow them");
    return false;
  }
  const auto [first, is_new] = reading.machine_names.emplace(name.value, name.place);
  if (is_new) return true;
  reading.problems.add(
      name.place, fmt::format("there are two machines called \"{}\"", name.value),
      fmt::format("the first stands in line {}; give each its own name", first->second.line));
  return false;
}

std::optional<IpAddress> read_machine_address(const TableReader& machine, Reading& reading) {
  const auto text = machine.text("address");
  if (!text) return std::nullopt;
  const auto address = IpAddress::parse(text->value);
  if (!address || !is_machine_address(*address)) {
    const bool mail = text->value.find('@') != std::string::npos;
    reading.problems.add(text->place,
                         fmt::format("{} is not a machine's IPv4 address", in_quotes(text->value)),
                         mail ? "an address for mail stands in \"mail\" of a device"
                              : "write it like \"192.0.2.7\", or leave it out");
    return std::nullopt;
  }
  const std::string owner = fmt::format("line {}", machine.place().line);
  const auto [first, is_new] = reading.addresses.emplace(*address, owner);
  if (!is_new) {
    reading.problems.add(text->place, fmt::format("{} has the same address", first->second),
                         "give each machine its own, or leave it out");
    return std::nullopt;
  }
  return address;
}

std::optional<ModeSpec> read_mode(const TableReader& table, std::string_view key, Need need) {
  using journal::FetchMode;
  static constexpr std::array<Choice<FetchMode>, 3> kModes{{{"delete", FetchMode::Delete},
                                                            {"keep", FetchMode::Keep},
                                                            {"keep 14 days", FetchMode::KeepDays}}};
  const auto text = table.text(key, need);
  if (!text) return std::nullopt;
  if (const auto days = keep_days_of(text->value)) return ModeSpec{FetchMode::KeepDays, *days};
  const auto mode = table.chosen(key, *text, std::span<const Choice<FetchMode>>(kModes));
  return mode ? std::optional(ModeSpec{*mode, 0}) : std::nullopt;
}

}  // namespace mailwalk::world
