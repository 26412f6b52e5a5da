#include "world/quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "world/problems.hpp"

namespace mailwalk::world {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr std::array<Unit, 6> kTimeUnits{{{"us", 1},
                                          {"ms", 1'000},
                                          {"s", 1'000'000},
                                          {"min", 60'000'000},
                                          {"h", 3'600'000'000},
                                          {"d", 86'400'000'000}}};
constexpr std::array<Unit, 9> kSizeUnits{{{"B", 1},
                                          {"KB", 1'000},
                                          {"kB", 1'000},
                                          {"MB", 1'000'000},
                                          {"GB", 1'000'000'000},
                                          {"TB", 1'000'000'000'000},
                                          {"KiB", 1ULL << 10},
                                          {"MiB", 1ULL << 20},
                                          {"GiB", 1ULL << 30}}};

// What a kind of quantity is called, in which units it comes, and how it is written.
struct Kind {
  std::string_view name;
  std::span<const Unit> units;
  std::uint64_t max;
  std::string_view example;
};

constexpr Kind kTime{"duration", kTimeUnits, static_cast<std::uint64_t>(kLongestDuration.us),
                     "write it like \"20 ms\", \"14 min\" or \"1 h 30 min\""};
constexpr Kind kSize{"size", kSizeUnits, kLargestSizeBytes,
                     "write it like \"950 B\", \"10 KB\" or \"1.5 MB\""};

// So that a fraction times the largest unit, 10^12, stays below 2^64.
constexpr std::size_t kMostDecimals = 6;

struct Quantity {
  std::uint64_t amount = 0;  // in the smallest unit
  std::uint64_t factor = 1;  // of the unit it was written in
};

Error unreadable(const Kind& kind, std::string_view text) {
  return make_error(fmt::format("{} is not a {}", in_quotes(text), kind.name),
                    std::string(kind.example));
}

Error too_large(const Kind& kind, std::string_view text) {
  return make_error(fmt::format("the {} {} is too large", kind.name, in_quotes(text)),
                    kind.units.front().name == "B" ? "the most is 1 TB" : "the most is 3650 d");
}

std::string_view take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && ascii::is_digit(text[count])) ++count;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

std::string_view take_word(std::string_view& text) {
  text = ascii::trim(text);
  std::size_t count = 0;
  while (count < text.size() && !ascii::is_blank(text[count]) && !ascii::is_digit(text[count])) {
    ++count;
  }
  const std::string_view word = text.substr(0, count);
  text.remove_prefix(count);
  return word;
}

const Unit* find_unit(std::span<const Unit> units, std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

std::vector<std::string_view> unit_names(std::span<const Unit> units) {
  std::vector<std::string_view> names;
  for (const Unit& unit : units) names.push_back(unit.name);
  return names;
}

// number = 1*DIGIT ["." 1*6DIGIT], counted in the smallest unit.
Result<std::uint64_t> scaled(const Kind& kind, std::string_view text, std::string_view whole,
                             std::string_view fraction, std::uint64_t factor) {
  const auto ones = ascii::parse_number(whole, kind.max / factor);
  if (!ones) return too_large(kind, text);
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  std::uint64_t parts = 1;  // of one unit, in which the fraction counts
  for (std::size_t i = 0; i < std::min(fraction.size(), kMostDecimals); ++i) parts *= 10;
  const std::uint64_t count = ascii::parse_number(fraction, parts - 1).value_or(0);
  if (fraction.size() > kMostDecimals || count * factor % parts != 0) {
    return make_error(fmt::format("the {} {} is finer than 1 {}", kind.name, in_quotes(text),
                                  kind.units.front().name),
                      "use fewer decimals or a smaller unit");
  }
  const std::uint64_t amount = *ones * factor + count * factor / parts;
  if (amount > kind.max) return too_large(kind, text);
  return amount;
}

// quantity = number [" "] unit, at the start of rest; `text` is the whole, for messages.
Result<Quantity> take_quantity(const Kind& kind, std::string_view text, std::string_view& rest) {
  const std::string_view whole = take_digits(rest);
  std::string_view fraction;
  if (whole.empty()) return unreadable(kind, text);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    fraction = take_digits(rest);
    if (fraction.empty()) return unreadable(kind, text);
  }
  const std::string_view name = take_word(rest);
  if (name.empty()) {
    return make_error(fmt::format("the {} {} lacks its unit", kind.name, in_quotes(text)),
                      std::string(kind.example));
  }
  const Unit* unit = find_unit(kind.units, name);
  if (unit == nullptr) {
    return make_error(fmt::format("{} is not a unit of a {}", in_quotes(name), kind.name),
                      fmt::format("the units are {}", fmt::join(unit_names(kind.units), ", ")));
  }
  const Result<std::uint64_t> amount = scaled(kind, text, whole, fraction, unit->factor);
  if (!amount) return amount.error();
  return Quantity{*amount, unit->factor};
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  std::string_view rest = ascii::trim(text);
  if (rest.starts_with('-')) {
    return make_error(fmt::format("the duration {} is negative", in_quotes(text)),
                      "the least is \"0 s\"");
  }
  std::uint64_t sum = 0;
  std::uint64_t previous_factor = ~std::uint64_t{0};
  do {
    const Result<Quantity> part = take_quantity(kTime, text, rest);
    if (!part) return part.error();
    if (part->factor >= previous_factor) return unreadable(kTime, text);
    previous_factor = part->factor;
    sum += part->amount;
    if (sum > kTime.max) return too_large(kTime, text);
    rest = ascii::trim(rest);
  } while (!rest.empty());
  return Duration{static_cast<std::int64_t>(sum)};
}

Result<std::uint64_t> parse_size(std::string_view text) {
  std::string_view rest = ascii::trim(text);
  const Result<Quantity> size = take_quantity(kSize, text, rest);
  if (!size) return size.error();
  if (!ascii::trim(rest).empty()) return unreadable(kSize, text);
  return size->amount;
}

Result<std::uint64_t> parse_rate(std::string_view text) {
  const Error not_a_rate = make_error(fmt::format("{} is not a rate", in_quotes(text)),
                                      "write it like \"56 KB/s\" or \"1 MB/s\"");
  const std::string_view trimmed = ascii::trim(text);
  if (!trimmed.ends_with("/s")) return not_a_rate;
  Result<std::uint64_t> size = parse_size(trimmed.substr(0, trimmed.size() - 2));
  if (size && *size == 0) return not_a_rate;
  return size;
}

}  // namespace mailwalk::world
