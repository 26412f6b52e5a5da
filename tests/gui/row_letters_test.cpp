#include "gui/row_letters.hpp"

#include <map>
#include <set>
#include <string>

#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

// The lines that were said about each letter, by its name; those about none under "".
std::map<std::string, std::multiset<std::string>> lines_by_letter(const Document& document) {
  std::map<std::string, std::multiset<std::string>> lines;
  RowLetters letters;
  const RunRows& rows = document.index().rows();
  const journal::WorldView end =
      document.timeline().view_at(EventPosition{document.journal().size() - 1});
  for (RowId row{0}; row.value() < rows.size(); row = RowId{row.value() + 1}) {
    const auto* sent = journal::payload_if<journal::CommandSent>(document.journal()[rows[row].at]);
    if (sent == nullptr) continue;
    const journal::Letter* letter = end.letter(letters.of(document, rows, row));
    const std::string name = letter == nullptr ? "" : journal::letter_name(letter->number);
    lines[name].insert(std::string(sent->line.view()));
  }
  return lines;
}

}  // namespace

TEST_CASE("a line of POP3 is about the letter whose number it has", "[gui][letters]") {
  const auto document = test::lesson("delete-mode");
  const auto lines = lines_by_letter(*document);
  REQUIRE(lines.contains("B"));
  CHECK(lines.at("B").contains("DELE 2"));
  CHECK(lines.at("B").contains("RETR 2"));
  CHECK_FALSE(lines.at("B").contains("DELE 1"));
  CHECK(lines.at("").contains("QUIT"));
  CHECK(lines.at("").contains("STAT"));
}

TEST_CASE("the envelope is about the letter that it carries", "[gui][letters]") {
  const auto document = test::lesson("delete-mode");
  const auto lines = lines_by_letter(*document);
  for (const char* letter : {"A", "B", "C"}) {
    INFO(letter);
    REQUIRE(lines.contains(letter));
    // Handed over, and relayed.
    CHECK(lines.at(letter).count("DATA") == 2);
  }
  CHECK_FALSE(lines.at("").contains("DATA"));
}

TEST_CASE("a letter that is selected touches its own rows, and all its copies do",
          "[gui][letters]") {
  const auto document = test::lesson("delete-mode");
  RowLetters letters;
  const RunRows& rows = document->index().rows();
  std::size_t touched = 0;
  for (RowId row{0}; row.value() < rows.size(); row = RowId{row.value() + 1}) {
    const journal::LetterId letter = letters.of(*document, rows, row);
    if (letter == journal::kNoLetter) continue;
    ++touched;
    CHECK(touches_row(letter, *document, rows, letters, row));
    CHECK(touches_row(journal::CopyId{letter, rows[row].at}, *document, rows, letters, row));
    CHECK_FALSE(touches_row(journal::LetterId{letter.value() + 1}, *document, rows, letters, row));
  }
  CHECK(touched > 30);
  CHECK_FALSE(touches_row(Selection{}, *document, rows, letters, RowId{0}));
}
