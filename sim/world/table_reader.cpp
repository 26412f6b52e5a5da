#include "world/table_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "base/ascii.hpp"
#include "world/quantities.hpp"

namespace mailwalk::world {
namespace {

bool is_empty(const LocalText& text) {
  return text.english.empty() || text.indonesian.empty();
}

Words words_of(const TableWords& table) {
  return {table.keys.begin(), table.keys.end()};
}

// The first character that a text of that kind must not have.
const char* find_forbidden(const std::string& text, TextKind kind) {
  for (const char& c : text) {
    const bool ends_line = c == '\n' || c == '\t';
    if (ascii::is_control(c) && !(kind == TextKind::Lines && ends_line)) return &c;
  }
  return nullptr;
}

// A file saved with CRLF has them in its texts of several lines too.
std::string with_plain_line_ends(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) != "\r\n")
      out += text[i];
    else
      out += text[++i];
  }
  return out;
}

}  // namespace

TableReader::TableReader(const TomlTable& table, Place place, const TableWords& words,
                         Problems& problems)
    : table_(&table), place_(place), words_(&words), problems_(&problems) {
  report_unknown_keys();
}

void TableReader::report_unknown_keys() const {
  const Words known = words_of(*words_);
  for (const TomlEntry& entry : *table_) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    problem(entry.place, fmt::format("{} has no {}", name(), in_quotes(entry.key)),
            suggest(entry.key, known));
  }
}

const TomlEntry* TableReader::find(std::string_view key) const {
  assert(std::find(words_->keys.begin(), words_->keys.end(), key) != words_->keys.end());
  return find_entry(*table_, key);
}

const TomlEntry* TableReader::find(std::string_view key, Need need) const {
  const TomlEntry* entry = find(key);
  if (entry == nullptr && need == Need::Required) {
    problem(place_, fmt::format("{} lacks its \"{}\"", name(), key),
            fmt::format("add {} = …", key));
  }
  return entry;
}

Place TableReader::place_of(std::string_view key) const {
  const TomlEntry* entry = find(key);
  return entry == nullptr ? place_ : entry->place;
}

void TableReader::wrong_kind(std::string_view key, const TomlValue& value,
                             std::string_view expected) const {
  problem(value.place, fmt::format("\"{}\" of {} is {}", key, name(), kind_name(value)),
          fmt::format("expected {}", expected));
}

void TableReader::unknown_word(std::string_view key, const PlacedText& word,
                               const Words& known) const {
  problem(word.place, fmt::format("\"{}\" of {} cannot be {}", key, name(), in_quotes(word.value)),
          suggest(word.value, known));
}

std::optional<PlacedText> TableReader::text_of(std::string_view key, const TomlValue& value,
                                               TextKind kind, std::string_view expected) const {
  const auto* content = std::get_if<std::string>(&value.content);
  if (content == nullptr) {
    wrong_kind(key, value, expected);
    return std::nullopt;
  }
  const std::string text = kind == TextKind::Lines ? with_plain_line_ends(*content) : *content;
  if (const char* forbidden = find_forbidden(text, kind)) {
    problem(value.place,
            fmt::format("\"{}\" of {} has a control character (code {})", key, name(),
                        static_cast<int>(*forbidden)),
            kind == TextKind::Line ? "it must be one line"
                                   : "only ends of lines and tabs may stand there");
    return std::nullopt;
  }
  return PlacedText{text, value.place};
}

std::optional<PlacedText> TableReader::text(std::string_view key, Need need, TextKind kind) const {
  const TomlEntry* entry = find(key, need);
  if (entry == nullptr) return std::nullopt;
  auto text = text_of(key, entry->value, kind);
  if (text && text->value.empty() && need == Need::Required) {
    problem(text->place, fmt::format("\"{}\" of {} is empty", key, name()), "write something");
    return std::nullopt;
  }
  return text;
}

std::optional<std::vector<PlacedText>> TableReader::texts(std::string_view key, Need need) const {
  const TomlEntry* entry = find(key, need);
  if (entry == nullptr) return std::nullopt;
  std::vector<PlacedText> texts;
  if (const auto* list = std::get_if<TomlList>(&entry->value.content)) {
    for (const TomlValue& element : *list) {
      if (auto text = text_of(key, element, TextKind::Line)) texts.push_back(std::move(*text));
    }
    if (list->empty() && need == Need::Required) {
      problem(entry->value.place, fmt::format("\"{}\" of {} is empty", key, name()),
              "name at least one");
    }
    return texts;
  }
  if (std::holds_alternative<std::string>(entry->value.content)) {
    if (auto text = text_of(key, entry->value, TextKind::Line)) texts.push_back(std::move(*text));
    return texts;
  }
  wrong_kind(key, entry->value, "a list of texts, as in [\"…\", \"…\"]");
  return std::nullopt;
}

std::optional<LocalText> TableReader::local_text_of(std::string_view key, const TomlValue& value,
                                                    TextKind kind) const {
  if (std::holds_alternative<std::string>(value.content)) {
    const auto both = text_of(key, value, kind);
    if (!both) return std::nullopt;
    return LocalText{both->value, both->value};
  }
  const auto* both = std::get_if<TomlTable>(&value.content);
  if (both == nullptr) {
    wrong_kind(key, value, "a text, or {en = \"…\", id = \"…\"}");
    return std::nullopt;
  }
  const TableReader reader(*both, value.place, words::kText, *problems_);
  const auto english = reader.text("en", Need::Optional, kind);
  const auto indonesian = reader.text("id", Need::Optional, kind);
  if (!english && !indonesian) {
    if (!reader.has("en") && !reader.has("id")) {
      problem(value.place, fmt::format("\"{}\" of {} has no language", key, name()),
              "write {en = \"…\", id = \"…\"}");
    }
    return std::nullopt;
  }
  return LocalText{english ? english->value : indonesian->value,
                   indonesian ? indonesian->value : english->value};
}

std::optional<LocalText> TableReader::local_text(std::string_view key, TextKind kind,
                                                 Need need) const {
  const TomlEntry* entry = find(key, need);
  if (entry == nullptr) return std::nullopt;
  auto text = local_text_of(key, entry->value, kind);
  if (!text || need == Need::Optional || !is_empty(*text)) return text;
  problem(entry->value.place, fmt::format("\"{}\" of {} is empty", key, name()), "write a text");
  return std::nullopt;
}

std::optional<std::vector<LocalText>> TableReader::local_texts(std::string_view key,
                                                               Need need) const {
  const TomlEntry* entry = find(key, need);
  if (entry == nullptr) return std::nullopt;
  const auto* list = std::get_if<TomlList>(&entry->value.content);
  if (list == nullptr) {
    wrong_kind(key, entry->value, "a list of texts, as in [\"…\", {en = \"…\", id = \"…\"}]");
    return std::nullopt;
  }
  std::vector<LocalText> texts;
  for (const TomlValue& element : *list) {
    auto text = local_text_of(key, element, TextKind::Lines);
    if (!text) return std::nullopt;
    if (is_empty(*text)) {
      problem(element.place, fmt::format("a text of \"{}\" is empty", key), "write one");
      return std::nullopt;
    }
    texts.push_back(std::move(*text));
  }
  return texts;
}

std::optional<std::uint64_t> TableReader::number(std::string_view key, std::uint64_t min,
                                                 std::uint64_t max, Need need) const {
  const TomlEntry* entry = find(key, need);
  if (entry == nullptr) return std::nullopt;
  const auto* number = std::get_if<std::int64_t>(&entry->value.content);
  if (number == nullptr) {
    wrong_kind(key, entry->value, "a whole number, without quotes");
    return std::nullopt;
  }
  if (*number < 0 || static_cast<std::uint64_t>(*number) < min ||
      static_cast<std::uint64_t>(*number) > max) {
    problem(entry->value.place, fmt::format("\"{}\" of {} cannot be {}", key, name(), *number),
            fmt::format("expected {} to {}", min, max));
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(*number);
}

std::optional<bool> TableReader::truth(std::string_view key) const {
  const TomlEntry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  const auto* truth = std::get_if<bool>(&entry->value.content);
  if (truth == nullptr) {
    wrong_kind(key, entry->value, "true or false, without quotes");
    return std::nullopt;
  }
  return *truth;
}

template <class T>
std::optional<T> TableReader::quantity(std::string_view key, Need need,
                                       Result<T> (*parse)(std::string_view),
                                       std::string_view expected) const {
  const TomlEntry* entry = find(key, need);
  if (entry == nullptr) return std::nullopt;
  const auto written = text_of(key, entry->value, TextKind::Line, expected);
  if (!written) return std::nullopt;
  const Result<T> quantity = parse(written->value);
  if (quantity) return *quantity;
  problems_->add(written->place, quantity.error());
  return std::nullopt;
}

std::optional<Duration> TableReader::duration(std::string_view key, Need need) const {
  return quantity(key, need, parse_duration, "a duration in quotes, such as \"20 ms\"");
}

std::optional<std::uint64_t> TableReader::size_bytes(std::string_view key) const {
  return quantity(key, Need::Optional, parse_size, "a size in quotes, such as \"10 KB\"");
}

std::optional<std::uint64_t> TableReader::rate(std::string_view key, Need need) const {
  return quantity(key, need, parse_rate, "a rate in quotes, such as \"1 MB/s\"");
}

std::optional<Placed<TomlMoment>> TableReader::moment(std::string_view key) const {
  const TomlEntry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  const auto* moment = std::get_if<TomlMoment>(&entry->value.content);
  if (moment == nullptr) {
    wrong_kind(key, entry->value,
               "a date and time such as 2026-01-05T09:00:00+07:00, without quotes");
    return std::nullopt;
  }
  return Placed<TomlMoment>{*moment, entry->value.place};
}

std::optional<TableReader> TableReader::table(std::string_view key, const TableWords& words,
                                              Need need) const {
  const TomlEntry* entry = find(key, need);
  if (entry == nullptr) return std::nullopt;
  const auto* table = std::get_if<TomlTable>(&entry->value.content);
  if (table == nullptr) {
    wrong_kind(key, entry->value, "a table, as in {…}");
    return std::nullopt;
  }
  return TableReader(*table, entry->value.place, words, *problems_);
}

std::vector<TableReader> TableReader::tables(std::string_view key, const TableWords& words) const {
  std::vector<TableReader> readers;
  const TomlEntry* entry = find(key);
  if (entry == nullptr) return readers;
  const auto* list = std::get_if<TomlList>(&entry->value.content);
  if (list == nullptr) {
    wrong_kind(key, entry->value, fmt::format("a list of tables, each under [[{}]]", key));
    return readers;
  }
  for (const TomlValue& element : *list) {
    if (const auto* table = std::get_if<TomlTable>(&element.content)) {
      readers.emplace_back(*table, element.place, words, *problems_);
    } else {
      wrong_kind(key, element, "a table");
    }
  }
  return readers;
}

}  // namespace mailwalk::world
