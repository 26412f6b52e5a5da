#include "pop3/capability.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "base/ascii.hpp"

namespace mailwalk::pop3 {
namespace {

constexpr std::array<std::string_view, 12> kNames{
    "",           "TOP",    "USER", "SASL", "RESP-CODES",    "AUTH-RESP-CODE", "LOGIN-DELAY",
    "PIPELINING", "EXPIRE", "UIDL", "STLS", "IMPLEMENTATION"};
static_assert(static_cast<std::size_t>(Capability::Implementation) == kNames.size() - 1);

Capability parse_capability(std::string_view line) {
  const std::string_view keyword = line.substr(0, line.find(' '));
  for (std::size_t i = 1; i < kNames.size(); ++i) {
    if (ascii::iequals(keyword, kNames[i])) return static_cast<Capability>(i);
  }
  return Capability::Other;
}

}  // namespace

std::string_view name(Capability capability) {
  return kNames[static_cast<std::size_t>(capability)];
}

bool Capabilities::has(Capability capability) const {
  for (const CapabilityLine& line : lines) {
    if (line.capability == capability) return true;
  }
  return false;
}

std::string_view Capabilities::arguments(Capability capability) const {
  for (const CapabilityLine& line : lines) {
    if (line.capability != capability) continue;
    const std::size_t blank = line.text.find(' ');
    if (blank == std::string::npos) return {};
    return std::string_view(line.text).substr(blank + 1);
  }
  return {};
}

void Capabilities::add(Capability capability, std::string_view arguments) {
  assert(capability != Capability::Other);
  std::string text(name(capability));
  if (!arguments.empty()) text.append(" ").append(arguments);
  lines.push_back({capability, std::move(text)});
}

Bytes Capabilities::content() const {
  std::string content;
  for (const CapabilityLine& line : lines) content.append(line.text).append("\r\n");
  return Bytes(std::move(content));
}

std::optional<Capabilities> Capabilities::parse(std::string_view content, std::size_t max_lines) {
  Capabilities parsed;
  while (!content.empty()) {
    if (parsed.lines.size() == max_lines) return std::nullopt;
    const std::size_t end = std::min(content.find("\r\n"), content.size());
    const std::string_view line = content.substr(0, end);
    parsed.lines.push_back({parse_capability(line), std::string(line)});
    content.remove_prefix(std::min(end + 2, content.size()));
  }
  return parsed;
}

}  // namespace mailwalk::pop3
