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

const SizeUnit* unit_of(std::uint64_t bytes) {
  for (const SizeUnit& unit : kSizeUnits) {
    if (bytes >= unit.bytes) return &unit;
  }
  return nullptr;
}

// With one digit behind the point, in English, or the comma, in Indonesian.
std::string number_in(const SizeUnit* unit, std::uint64_t bytes, Language language) {
  if (unit == nullptr) return fmt::format("{}", bytes);
  return fmt::format("{}{}{}", bytes / unit->bytes, language == Language::English ? '.' : ',',
                     bytes % unit->bytes / (unit->bytes / 10));
}

std::string_view name_of_unit(const SizeUnit* unit, Language language) {
  if (unit != nullptr) return unit->name;
  return language == Language::English ? "octets" : "oktet";
}

}  // namespace

std::string room_words(std::uint64_t used_bytes, std::uint64_t capacity_bytes, Language language) {
  const bool english = language == Language::English;
  const SizeUnit* of_all = unit_of(capacity_bytes);
  const SizeUnit* of_used = used_bytes == 0 ? of_all : unit_of(used_bytes);
  std::string used = used_bytes == 0 ? "0" : number_in(of_used, used_bytes, language);
  if (of_used != of_all) used += fmt::format(" {}", name_of_unit(of_used, language));
  return fmt::format(fmt::runtime(english ? "{} of {} {} used" : "{} dari {} {} terpakai"), used,
                     number_in(of_all, capacity_bytes, language), name_of_unit(of_all, language));
}

}  // namespace mailwalk::exporting
