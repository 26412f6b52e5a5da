// Reads the keys of one TOML table as the types that they should have, and says what is wrong.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/virtual_time.hpp"
#include "world/problems.hpp"
#include "world/scenario.hpp"
#include "world/scenario_words.hpp"
#include "world/suggest.hpp"
#include "world/toml_tree.hpp"

namespace mailwalk::world {

// Something of a file and where it stands.
template <class T>
struct Placed {
  T value;
  Place place;
};

using PlacedText = Placed<std::string>;

enum class Need : std::uint8_t { Optional, Required };

// One line without control characters; or lines with LF, and TABs.
enum class TextKind : std::uint8_t { Line, Lines };

// A word of the file and what it stands for.
template <class T>
struct Choice {
  std::string_view word;
  T value;
};

// Every reading function yields nullopt if the key is not there or its value will not do; in the
// second case, and in the first if it is needed, it has told the problems so. A key that the words
// do not know was reported when the reader was made. The table, words and problems must outlive it.
class TableReader {
 public:
  TableReader(const TomlTable& table, Place place, const TableWords& words, Problems& problems);

  [[nodiscard]] Place place() const { return place_; }
  [[nodiscard]] std::string_view name() const { return words_->name; }
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
  // Of the key; of the table if it has no such key.
  [[nodiscard]] Place place_of(std::string_view key) const;

  std::optional<PlacedText> text(std::string_view key, Need need = Need::Optional,
                                 TextKind kind = TextKind::Line) const;
  // A list of texts, or a single text for a list of one.
  std::optional<std::vector<PlacedText>> texts(std::string_view key,
                                               Need need = Need::Optional) const;
  // A text for both languages, or {en = …, id = …}, of which one stands in for the other.
  std::optional<LocalText> local_text(std::string_view key, TextKind kind = TextKind::Line,
                                      Need need = Need::Optional) const;
  // A list of such texts.
  std::optional<std::vector<LocalText>> local_texts(std::string_view key, Need need) const;
  std::optional<std::uint64_t> number(std::string_view key, std::uint64_t min, std::uint64_t max,
                                      Need need = Need::Optional) const;
  std::optional<bool> truth(std::string_view key) const;
  std::optional<Duration> duration(std::string_view key, Need need = Need::Optional) const;
  std::optional<std::uint64_t> size_bytes(std::string_view key) const;
  std::optional<std::uint64_t> rate(std::string_view key, Need need = Need::Optional) const;
  std::optional<Placed<TomlMoment>> moment(std::string_view key) const;

  std::optional<TableReader> table(std::string_view key, const TableWords& words,
                                   Need need = Need::Optional) const;
  // [[tables]] or a list of {inline tables}; none if the key is not there.
  [[nodiscard]] std::vector<TableReader> tables(std::string_view key,
                                                const TableWords& words) const;

  template <class T>
  std::optional<T> choice(std::string_view key, std::span<const Choice<T>> choices,
                          Need need = Need::Optional) const {
    const auto word = text(key, need);
    return word ? chosen(key, *word, choices) : std::nullopt;
  }
  template <class T>
  std::optional<T> chosen(std::string_view key, const PlacedText& word,
                          std::span<const Choice<T>> choices) const {
    Words known;
    for (const Choice<T>& choice : choices) {
      if (choice.word == word.value) return choice.value;
      known.push_back(choice.word);
    }
    unknown_word(key, word, known);
    return std::nullopt;
  }

  void problem(Place place, std::string what, std::string remedy = {}) const {
    problems_->add(place, std::move(what), std::move(remedy));
  }
  [[nodiscard]] Problems& problems() const { return *problems_; }

 private:
  static constexpr std::string_view kAnyText = "a text, as in \"…\"";

  [[nodiscard]] const TomlEntry* find(std::string_view key) const;
  const TomlEntry* find(std::string_view key, Need need) const;
  std::optional<PlacedText> text_of(std::string_view key, const TomlValue& value, TextKind kind,
                                    std::string_view expected = kAnyText) const;
  std::optional<LocalText> local_text_of(std::string_view key, const TomlValue& value,
                                         TextKind kind) const;
  template <class T>
  std::optional<T> quantity(std::string_view key, Need need, Result<T> (*parse)(std::string_view),
                            std::string_view expected) const;
  void wrong_kind(std::string_view key, const TomlValue& value, std::string_view expected) const;
  void unknown_word(std::string_view key, const PlacedText& word, const Words& known) const;
  void report_unknown_keys() const;

  const TomlTable* table_;
  Place place_;
  const TableWords* words_;
  Problems* problems_;
};

}  // namespace mailwalk::world
