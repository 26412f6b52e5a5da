#include "export/size_words.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace mailwalk::exporting {
namespace {

struct SizeUnit {
  std::uint64_t bytes;
  std::string_view name;
};
constexpr std::array<SizeUnit, 4> kSizeUnits{
    {{1'000'000'000'000, "TB"}, {1'000'000'000, "GB"}, {1'000'000, "MB"}, {1'000, "KB"}}};

// With one digit behind the point, in English, or the comma, in Indonesian.
std::string in_unit(std::uint64_t bytes, const SizeUnit& unit, Language language) {
  return fmt::format("{}{}{}", bytes / unit.bytes, language == Language::English ? '.' : ',',
                     bytes % unit.bytes / (unit.bytes / 10));
}

}  // namespace

std::string room_words(std::uint64_t used_bytes, std::uint64_t capacity_bytes, Language language) {
  const bool english = language == Language::English;
  for (const SizeUnit& unit : kSizeUnits) {
    if (capacity_bytes < unit.bytes) continue;
    return fmt::format(fmt::runtime(english ? "{} of {} {} used" : "{} dari {} {} terpakai"),
                       in_unit(used_bytes, unit, language), in_unit(capacity_bytes, unit, language),
                       unit.name);
  }
  return fmt::format(fmt::runtime(english ? "{} of {} octets used" : "{} dari {} oktet terpakai"),
                     used_bytes, capacity_bytes);
}

}  // namespace mailwalk::exporting
