#include "gui/row_finder.hpp"

#include <string>

#include "journal/event_text.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

void find_all(RowFinder& finder, const Document& document,
              exporting::Sight sight = exporting::Sight::Insider,
              exporting::Language language = exporting::Language::English) {
  const RunRows& rows = document.index().telling(sight).rows();
  finder.work(document, rows, language);
  for (int frame = 0; finder.is_working(); ++frame) {
    REQUIRE(frame < 1'000);
    finder.work(document, rows, language);
  }
}

}  // namespace

TEST_CASE("a text is found in every row that tells it, as the timeline finds it", "[gui][find]") {
  const auto document = test::lesson("delete-mode");
  const RunRows& rows = document->index().rows();
  for (const std::string text : {"DELE", "dele", "budi@", "Jadwal", "no such words", "%s"}) {
    INFO(text);
    RowFinder finder;
    finder.seek(text);
    find_all(finder, *document);
    std::vector<RowId> expected;
    auto found = document->timeline().find(text, kNoEvent);
    for (; found; found = document->timeline().find(text, *found)) {
      const RowId row = rows.row_of(*found);
      if (row != kNoRow && rows[row].at == *found) expected.push_back(row);
    }
    CHECK(finder.matches() == expected);
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK(finder.rank(expected[i]) == i + 1);
  }
}

TEST_CASE("from one match to the next, and around the end", "[gui][find]") {
  const auto document = test::lesson("delete-mode");
  RowFinder finder;
  finder.seek("RETR");
  CHECK(finder.is_working());
  find_all(finder, *document);
  const std::vector<RowId>& matches = finder.matches();
  REQUIRE(matches.size() >= 2);
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const RowId next = matches[(i + 1) % matches.size()];
    CHECK(finder.nearest(matches[i], Direction::Forward) == next);
    CHECK(finder.nearest(next, Direction::Back) == matches[i]);
  }
  CHECK(finder.nearest(kNoRow, Direction::Forward) == matches.front());
  CHECK(finder.nearest(kNoRow, Direction::Back) == matches.back());
}

TEST_CASE("an empty text is nowhere, and looking for it costs no frame", "[gui][find]") {
  const auto document = test::lesson("delete-mode");
  RowFinder finder;
  finder.seek("QUIT");
  find_all(finder, *document);
  CHECK_FALSE(finder.matches().empty());
  finder.seek("");
  finder.work(*document, document->index().rows(), exporting::Language::English);
  CHECK_FALSE(finder.is_working());
  CHECK(finder.matches().empty());
  CHECK_FALSE(finder.nearest(RowId{0}, Direction::Forward).has_value());
}

TEST_CASE("a long run is looked through in more than one frame, and nothing is missed",
          "[gui][find]") {
  auto journal = std::make_shared<journal::Journal>();
  constexpr std::uint32_t kRows = 20'000;
  for (std::uint32_t i = 0; i < kRows; ++i) {
    const char* words = i % 1'000 == 999 ? "here it is" : "nothing";
    journal->append({}, NodeId{1}, kNoConnection, kNoEvent,
                    journal::FaultInjected{.fault = journal::Fault::Answer, .reply = Bytes(words)});
  }
  Document document(journal, {});
  document.catch_up();
  RowFinder finder;
  finder.seek("here");
  finder.work(document, document.index().rows(), exporting::Language::English);
  CHECK(finder.is_working());
  CHECK_FALSE(finder.nearest(RowId{kRows - 1}, Direction::Forward).has_value());
  find_all(finder, document);
  CHECK(finder.matches().size() == kRows / 1'000);
  CHECK(finder.nearest(RowId{kRows - 1}, Direction::Forward) == RowId{999});
}

TEST_CASE("who reads along finds what the line shows of TLS, in the words in which it is shown",
          "[gui][find]") {
  using exporting::Language;
  using exporting::Sight;
  const auto document = test::lesson("reading-along");
  const RunRows& seen = document->index().telling(Sight::Eavesdropper).rows();
  const auto count = [&](const std::string& text, Sight sight, Language language) {
    RowFinder finder;
    finder.seek(text);
    find_all(finder, *document, sight, language);
    return finder.matches().size();
  };
  RowFinder finder;
  finder.seek("clienthello");
  find_all(finder, *document, Sight::Eavesdropper);
  CHECK(finder.matches().size() >= 3);
  for (const RowId row : finder.matches()) CHECK(seen[row].kind == RowKind::Records);
  CHECK(count("ClientHello", Sight::Insider, Language::English) == 0);
  // Another language shows other words, and the same finder looks again.
  finder.seek("handshake");
  find_all(finder, *document, Sight::Eavesdropper, Language::English);
  const std::size_t in_english = finder.matches().size();
  CHECK(in_english >= 3);
  find_all(finder, *document, Sight::Eavesdropper, Language::Indonesian);
  CHECK(finder.matches().size() < in_english);
  CHECK(count("jabat tangan", Sight::Eavesdropper, Language::Indonesian) == in_english);
  // What was said under TLS is not found.
  CHECK(count("PASS kopi-tubruk", Sight::Insider, Language::English) >
        count("PASS kopi-tubruk", Sight::Eavesdropper, Language::English));
}
