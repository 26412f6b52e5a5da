#include "world/toml_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "base/ascii.hpp"
#include "wire/utf8.hpp"

// The parser is compiled into this file, and only here: it is large, and so its own limits hold.
// Some of its assertions fail for files that are merely wrong ("[=]"), although the code below them
// tells the mistake. They are taken out, and with NDEBUG they would become promises to the
// compiler.
#undef NDEBUG
#define TOML_ASSERT(expr) static_assert(true)
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_MAX_NESTED_VALUES 16
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace mailwalk::world {
namespace {

// The parser descends once per part of a dotted key, and looks through all dotted keys for each new
// one: without limits a small file could exhaust the stack or the patience.
constexpr int kMostKeyParts = 8;
constexpr int kMostDottedKeys = 5'000;

// ---- Before parsing --------------------------------------------------------------------------

Error error_at(Place place, std::string what, std::string remedy) {
  Error error = make_error(std::move(what), std::move(remedy));
  error.line = place.line;
  error.column = place.column;
  return error;
}

// Walks over a document, as far as it is well formed, for what the parser should not be given. Dots
// in strings and comments are none of a key's; those of numbers are too few to matter.
class Precheck {
 public:
  explicit Precheck(std::string_view text) : text_(text) {
    if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
  }

  std::optional<Error> first_problem() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        skip_comment();
      } else if (c == '"' || c == '\'') {
        skip_string(c);
      } else {
        // toml++ 3.3 and 3.4 promise the compiler that some of these letters never come.
        if (static_cast<unsigned char>(c) >= 0x80) {
          return error_at(place_, "this is not TOML: a letter that needs quotes",
                          "put the key or the text in \"quotes\"");
        }
        if (!count(c)) {
          return error_at(place_, "too many parts in dotted keys",
                          "write tables under [headers] instead");
        }
        advance();
      }
    }
    return std::nullopt;
  }

 private:
  static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

  // False if c is one dot too many.
  bool count(char c) {
    if (c == '.') {
      if (++dots_ == 1) ++dotted_keys_;
      return dots_ < kMostKeyParts && dotted_keys_ <= kMostDottedKeys;
    }
    if (c == '\n' || c == '=' || c == ',' || c == '{' || c == '[') dots_ = 0;
    return true;
  }

  void advance() {
    const char c = text_[at_++];
    if (c == '\n') {
      place_ = {place_.line + 1, 1};
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {  // a character's first octet
      ++place_.column;
    }
  }
  void advance(std::size_t count) {
    for (std::size_t i = 0; i < count && at_ < text_.size(); ++i) advance();
  }

  void skip_comment() {
    while (at_ < text_.size() && text_[at_] != '\n') advance();
  }

  // Basic and literal strings, on one line or, in three quotes, over several.
  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool is_long = text_.substr(at_).starts_with(three);
    advance(is_long ? 3 : 1);
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (quote == '"' && c == '\\') {
        advance(2);
      } else if (is_long && text_.substr(at_).starts_with(three)) {
        while (at_ < text_.size() && text_[at_] == quote) advance();  // up to two belong to it
        return;
      } else if (!is_long && (c == quote || c == '\n')) {
        advance();
        return;
      } else {
        advance();
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Place place_{1, 1};
  int dots_ = 0;
  int dotted_keys_ = 0;
};

// The place of the first octet that is no UTF-8; nullopt if all is.
std::optional<Place> first_non_utf8(std::string_view text) {
  Place place{1, 1};
  while (!text.empty()) {
    const std::size_t length = wire::utf8_length(text);
    if (length == 0) return place;
    ++place.column;
    if (text[0] == '\n') place = {place.line + 1, 1};
    text.remove_prefix(length);
  }
  return std::nullopt;
}

// ---- After parsing ---------------------------------------------------------------------------

Place place_of(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

TomlMoment::Date date_of(const toml::date& date) {
  return {date.year, date.month, date.day};
}

TomlMoment::Time time_of(const toml::time& time) {
  return {time.hour, time.minute, time.second, static_cast<int>(time.nanosecond)};
}

TomlMoment moment_of(const toml::date_time& both) {
  TomlMoment moment;
  moment.date = date_of(both.date);
  moment.time = time_of(both.time);
  if (both.offset) moment.utc_offset_minutes = both.offset->minutes;
  return moment;
}

TomlValue value_of(const toml::node& node);

TomlList list_of(const toml::array& array) {
  TomlList list;
  list.reserve(array.size());
  for (const toml::node& element : array) list.push_back(value_of(element));
  return list;
}

// The parser keeps keys in alphabetical order; messages and events follow the file.
TomlTable table_of(const toml::table& source) {
  TomlTable table;
  table.reserve(source.size());
  for (auto&& [key, node] : source) {
    table.push_back({std::string(key.str()), place_of(key.source()), value_of(node)});
  }
  std::stable_sort(table.begin(), table.end(), [](const TomlEntry& a, const TomlEntry& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  return table;
}

TomlValue value_of(const toml::node& node) {
  TomlValue value{place_of(node.source()), {}};
  if (const auto* text = node.as_string()) value.content = text->get();
  if (const auto* integer = node.as_integer()) value.content = integer->get();
  if (const auto* real = node.as_floating_point()) value.content = real->get();
  if (const auto* truth = node.as_boolean()) value.content = truth->get();
  if (const auto* both = node.as_date_time()) value.content = moment_of(both->get());
  if (const auto* date = node.as_date()) {
    value.content = TomlMoment{date_of(date->get()), {}, {}};
  }
  if (const auto* time = node.as_time()) {
    value.content = TomlMoment{{}, time_of(time->get()), {}};
  }
  if (const auto* array = node.as_array()) value.content = list_of(*array);
  if (const auto* table = node.as_table()) value.content = table_of(*table);
  return value;
}

}  // namespace

std::string_view kind_name(const TomlValue& value) {
  static constexpr std::array<std::string_view, 7> kNames{
      "a text", "a whole number", "a number with decimals", "true or false", "a date or a time",
      "a list", "a table"};
  static_assert(std::variant_size_v<decltype(value.content)> == kNames.size());
  return kNames[value.content.index()];
}

const TomlEntry* find_entry(const TomlTable& table, std::string_view key) {
  for (const TomlEntry& entry : table) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

Result<TomlTable> parse_toml(std::string_view text) {
  if (const auto place = first_non_utf8(text)) {
    return error_at(*place, "the file is not UTF-8 text", "save it as UTF-8");
  }
  if (auto problem = Precheck(text).first_problem()) return *std::move(problem);
  const toml::parse_result document = toml::parse(text);
  if (document) return table_of(document.table());
  const toml::parse_error& error = document.error();
  std::string_view description = error.description();
  constexpr std::string_view kOpening = "Error ";  // that it is one is clear by now
  if (description.starts_with(kOpening)) description.remove_prefix(kOpening.size());
  return error_at(place_of(error.source()), fmt::format("this is not TOML: {}", description),
                  "lessons/README.md shows how it is written");
}

}  // namespace mailwalk::world
