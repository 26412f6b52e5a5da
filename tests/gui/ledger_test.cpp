#include "gui/ledger/ledger_table.hpp"

#include <cmath>
#include <string>

#include "gui/panels/ledger.hpp"
#include "journal/world_view.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/journal/builder.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

Language english() {
  auto loaded = Language::load(std::string(MAILWALK_SOURCE_DIR) + "/assets/lang",
                               exporting::Language::English);
  REQUIRE(loaded.ok());
  return *loaded;
}

// "outbox:hollow sent:closed queue: maildrop:2×ghost …", places that it never was at left out.
std::string cells(const journal::WorldView& view, const journal::Journal& journal,
                  std::size_t rank) {
  static constexpr const char* kLooks[] = {"none", "hollow", "open", "closed", "ghost", "crossed"};
  const auto columns = ledger_columns(view, english());
  const LedgerRow row = ledger_row(view, journal, columns, rank);
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const LedgerCell& cell = row.cells[i];
    if (cell.look == CopyLook::None) continue;
    if (!text.empty()) text += ", ";
    text += columns[i].title + " ";
    if (cell.count > 1) text += std::to_string(cell.count) + " ";
    text += kLooks[static_cast<std::size_t>(cell.look)];
  }
  return text;
}

}  // namespace

TEST_CASE("the ledger follows a letter from outbox to device, and shows what is marked",
          "[gui][ledger]") {
  const auto document = test::lesson("delete-mode");
  const journal::Journal& journal = document->journal();
  const auto first = [&](auto condition) {
    for (const journal::Event& event : journal) {
      if (condition(event)) return event.position;
    }
    FAIL("there is no such event");
    return kNoEvent;
  };
  const auto at = [&](EventPosition position) {
    return cells(document->timeline().view_at(position), journal, 0);
  };
  CHECK(at(first([](const auto& e) {
          return journal::payload_if<journal::MailComposed>(e) != nullptr;
        })) == "outbox closed");
  CHECK(at(first([](const auto& e) {
          return journal::payload_if<journal::LetterStored>(e) != nullptr;
        })) == "outbox hollow, sent closed, queue hollow, maildrop closed, Budi's laptop closed");
  CHECK_THAT(at(first([](const auto& e) {
               return journal::payload_if<journal::LetterMarked>(e) != nullptr;
             })),
             ContainsSubstring("maildrop ghost"));
  CHECK_THAT(at(first([](const auto& e) {
               return journal::payload_if<journal::LetterExpunged>(e) != nullptr;
             })),
             ContainsSubstring("maildrop hollow"));
}

TEST_CASE("copies for several people in one place are counted", "[gui][ledger]") {
  using namespace test;  // NOLINT
  JournalBuilder run;
  run.compose(1, {Bytes("budi@b.example"), Bytes("citra@b.example")});
  const ConnectionId connection = run.connect(kLaptop, kMailServer);
  run.add(kLaptop, connection, journal::SubmissionBegun{journal::OutboxId{1}});
  run.add(kMailServer, connection, journal::ContentReceived{Bytes("Subject: x\r\n\r\n")});
  run.deliver(connection, "budi", "u1");
  run.deliver(connection, "citra", "u2");
  CHECK_THAT(cells(run.view(), run.journal(), 0), ContainsSubstring("maildrop 2 closed"));
}

TEST_CASE("no row of the ledger is cut, unless there is less room than for one", "[gui][ledger]") {
  constexpr float kEm = 16;
  for (std::size_t letters = 1; letters <= 40; ++letters) {
    for (float room = 10; room < 600; room += 7) {
      INFO(letters << " letters, " << room << " pixels");
      const RowHeights heights = row_heights(letters, room, kEm);
      const float whole = std::round(heights.all / heights.row) * heights.row;
      CHECK(heights.all <= room);
      if (room < 2 * kEm) continue;
      CHECK(std::abs(heights.all - whole) < 0.1F);
      CHECK(heights.row >= kEm * 1.4F);
      // All of them, or as many as have room.
      const bool shows_all = heights.all >= heights.row * static_cast<float>(letters) - 0.1F;
      CHECK((shows_all || heights.all + heights.row > room));
    }
  }
}

TEST_CASE("a letter is open where it was read, and only there", "[gui][ledger]") {
  const auto document = test::lesson("keep-mode");
  const journal::Journal& journal = document->journal();
  for (const journal::Event& event : journal) {
    if (journal::payload_if<journal::LetterRead>(event) == nullptr) continue;
    const std::string text = cells(document->timeline().view_at(event.position), journal, 0);
    CHECK_THAT(text, ContainsSubstring("Budi's phone open"));
    CHECK(text.find("laptop open") == std::string::npos);
    return;
  }
  FAIL("nobody reads in this lesson");
}
