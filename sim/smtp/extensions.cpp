#include "smtp/extensions.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace mailwalk::smtp {

namespace {

constexpr std::array<std::string_view, kExtensionCount> kExtensionNames = {
    "PIPELINING", "SIZE", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8", "STARTTLS", "AUTH"};
static_assert(kExtensionNames[static_cast<std::size_t>(Extension::Auth)] == "AUTH");

// auth-param = mechanism *( SP mechanism ) (RFC 4954 section 3)
std::vector<sasl::Mechanism> parse_mechanisms(std::string_view words) {
  std::vector<sasl::Mechanism> known;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (const auto mechanism = sasl::mechanism_from(words.substr(0, end))) {
      known.push_back(*mechanism);
    }
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return known;
}

}  // namespace

std::string_view name(Extension extension) {
  return kExtensionNames[static_cast<std::size_t>(extension)];
}

std::optional<Extension> extension_from(std::string_view keyword) {
  for (std::size_t i = 0; i < kExtensionNames.size(); ++i) {
    if (ascii::iequals(keyword, kExtensionNames[i])) return static_cast<Extension>(i);
  }
  return std::nullopt;
}

// ehlo-line = ehlo-keyword *( SP ehlo-param ) (RFC 5321 section 4.1.1.1)
OfferedExtensions parse_offered(const std::vector<std::string>& reply_lines) {
  OfferedExtensions offered;
  for (std::size_t i = 1; i < reply_lines.size(); ++i) {
    const std::string_view line = reply_lines[i];
    const std::size_t space = line.find(' ');
    const std::optional<Extension> extension = extension_from(line.substr(0, space));
    if (!extension) continue;
    offered.known.add(*extension);
    if (*extension == Extension::Size && space != std::string_view::npos) {
      const auto limit = ascii::parse_number(ascii::trim(line.substr(space + 1)));
      if (limit && *limit > 0) offered.size_limit_bytes = limit;
    }
    if (*extension == Extension::Auth && space != std::string_view::npos) {
      offered.mechanisms = parse_mechanisms(line.substr(space + 1));
    }
  }
  return offered;
}

}  // namespace mailwalk::smtp
