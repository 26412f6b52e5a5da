#include "store/uid.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailwalk::store {

Uid::Uid(std::uint64_t serial, std::uint32_t maildrop_number)
    : text_(fmt::format("{:08x}{:08x}", serial, maildrop_number)) {}

std::optional<Uid> Uid::parse(std::string_view text) {
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x21 && c <= 0x7E; });
  if (text.empty() || text.size() > 70 || !printable) return std::nullopt;
  return Uid(std::string(text));
}

}  // namespace mailwalk::store
