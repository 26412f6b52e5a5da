#include "world/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "wire/printable.hpp"
#include "world/problems.hpp"

namespace mailwalk::world {
namespace {

// Longer ones are no slips of the finger, and comparing them costs the product of their lengths.
constexpr std::size_t kLongestWord = 80;

// More would fill the screen instead of helping.
constexpr std::size_t kMostWordsListed = 20;

}  // namespace

// Optimal string alignment: three rows of the usual table are enough.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_above(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(two_above, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = ascii::lower(a[i - 1]);
      const char y = ascii::lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (x == y ? 0U : 1U)});
      const bool swapped =
          i > 1 && j > 1 && x == ascii::lower(b[j - 2]) && y == ascii::lower(a[i - 2]);
      if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::string_view nearest_word(std::string_view word, const Words& known) {
  std::string_view nearest;
  if (word.size() > kLongestWord) return nearest;
  std::size_t least = kLongestWord;
  for (const std::string_view candidate : known) {
    if (candidate.size() > kLongestWord) continue;
    const std::size_t distance = edit_distance(word, candidate);
    const std::size_t slips =
        std::max<std::size_t>(1, std::max(word.size(), candidate.size()) * 2 / 5);
    if (distance > slips || distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string suggest(std::string_view word, const Words& known) {
  const std::string_view nearest = nearest_word(word, known);
  if (!nearest.empty()) return fmt::format("did you mean {}?", in_quotes(nearest));
  if (known.empty()) return {};
  std::string list;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (i == kMostWordsListed) return fmt::format("known are: {} and others", list);
    if (i > 0) list += ", ";
    list += wire::printable(known[i]);
  }
  return fmt::format("known are: {}", list);
}

}  // namespace mailwalk::world
