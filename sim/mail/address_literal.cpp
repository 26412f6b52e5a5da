#include "mail/address_literal.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/ascii.hpp"

namespace mailwalk::mail {

namespace {

constexpr std::string_view kIpv6Tag = "IPv6:";
constexpr std::size_t kGroupsOfIpv6 = 8;
constexpr std::size_t kMaxGroupsBesideZeros = 6;  // "::" stands for two groups or more

bool is_hex_digit(char c) {
  return ascii::is_digit(c) || (ascii::lower(c) >= 'a' && ascii::lower(c) <= 'f');
}

// IPv4-address-literal = Snum 3("." Snum)
// Snum                 = 1*3DIGIT  ; 0 through 255, leading zeros allowed
bool is_ipv4(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t end = part < 3 ? text.find('.') : text.size();
    if (end == std::string_view::npos || end > 3) return false;
    if (!ascii::parse_number(text.substr(0, end), 255)) return false;
    text.remove_prefix(part < 3 ? end + 1 : end);
  }
  return true;
}

// IPv6-hex = 1*4HEXDIG
bool is_ipv6_group(std::string_view text) {
  return !text.empty() && text.size() <= 4 && std::all_of(text.begin(), text.end(), is_hex_digit);
}

// How many groups stand in "a:b:c"; 0 for empty text; nullopt if it is not that. An IPv4 address
// counts as two and may stand at the end only, if at all.
enum class Ipv4Tail { Refused, Allowed };
std::optional<std::size_t> count_groups(std::string_view text, Ipv4Tail ipv4_tail) {
  if (text.empty()) return 0;
  std::size_t groups = 0;
  while (true) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    const bool last = colon == std::string_view::npos;
    if (last && ipv4_tail == Ipv4Tail::Allowed && is_ipv4(group)) return groups + 2;
    if (!is_ipv6_group(group)) return std::nullopt;
    ++groups;
    if (last) return groups;
    text.remove_prefix(colon + 1);
  }
}

// IPv6-addr = IPv6-full / IPv6-comp / IPv6v4-full / IPv6v4-comp
bool is_ipv6(std::string_view text) {
  const std::size_t zeros = text.find("::");
  if (zeros == std::string_view::npos) {
    return count_groups(text, Ipv4Tail::Allowed) == kGroupsOfIpv6;
  }
  const auto before = count_groups(text.substr(0, zeros), Ipv4Tail::Refused);
  const auto after = count_groups(text.substr(zeros + 2), Ipv4Tail::Allowed);
  return before && after && *before + *after <= kMaxGroupsBesideZeros;
}

}  // namespace

bool is_address_literal(std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return false;
  const std::string_view inside = text.substr(1, text.size() - 2);
  if (ascii::istarts_with(inside, kIpv6Tag)) return is_ipv6(inside.substr(kIpv6Tag.size()));
  return is_ipv4(inside);
}

}  // namespace mailwalk::mail
