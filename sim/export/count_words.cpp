#include "export/count_words.hpp"

#include <fmt/format.h>

#include <array>
#include <cassert>

namespace mailwalk::exporting {

std::string count_words(std::uint64_t count, std::string_view one, std::string_view many) {
  if (count == 0) return fmt::format("no {}", many);
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string ordinal_words(std::uint64_t number) {
  static constexpr std::array<std::string_view, 11> kFirst{"",       "first", "second", "third",
                                                           "fourth", "fifth", "sixth",  "seventh",
                                                           "eighth", "ninth", "tenth"};
  static constexpr std::array<std::string_view, 4> kEndings{"th", "st", "nd", "rd"};
  assert(number > 0);
  if (number < kFirst.size()) return std::string(kFirst[number]);
  const bool is_teen = number / 10 % 10 == 1;
  const std::uint64_t last = number % 10;
  return fmt::format("{}{}", number, kEndings[is_teen || last >= kEndings.size() ? 0 : last]);
}

}  // namespace mailwalk::exporting
