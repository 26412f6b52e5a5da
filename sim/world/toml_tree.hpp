// A TOML document as plain values with their places. What is in it means nothing here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "world/problems.hpp"

namespace mailwalk::world {

struct TomlValue;
struct TomlEntry;

using TomlList = std::vector<TomlValue>;
using TomlTable = std::vector<TomlEntry>;  // in the order of the file

// A date, a time, or both; the parts that a value lacks are absent.
struct TomlMoment {
  struct Date {
    int year, month, day;
  };
  struct Time {
    int hour, minute, second, nanosecond;
  };
  std::optional<Date> date;
  std::optional<Time> time;
  std::optional<int> utc_offset_minutes;
};

struct TomlValue {
  Place place;
  std::variant<std::string, std::int64_t, double, bool, TomlMoment, TomlList, TomlTable> content;
};

struct TomlEntry {
  std::string key;
  Place place;  // of the key
  TomlValue value;
};

// "a text", "a list": what a value is, for messages.
std::string_view kind_name(const TomlValue& value);

// nullptr if the table has no such key.
const TomlEntry* find_entry(const TomlTable& table, std::string_view key);

// The document's root table. REQUIRES nothing of the text: any bytes give a table or an error, in
// bounded memory and stack. The error has a place but no file.
Result<TomlTable> parse_toml(std::string_view text);

}  // namespace mailwalk::world
