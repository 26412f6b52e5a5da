#include "gui/panels/ladder.hpp"

#include "gui/panels/ladder_rows.hpp"
#include "tests/gui/panel_desk.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

TEST_CASE("the ladder draws at every position, in both languages and any size",
          "[gui][ladder][panels]") {
  for (const char* lesson :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
    test::PanelDesk desk(test::lesson(lesson));
    Ladder ladder;
    std::size_t frame = 0;
    const float widths[] = {40, 300, 470, 1'500};
    for (std::uint64_t position = 0; position < desk.events(); ++position) {
      desk.stand_at(EventPosition{position});
      desk.speak(frame % 2 == 0 ? exporting::Language::English : exporting::Language::Indonesian);
      desk.draw(ladder, widths[frame++ % 4], 250);
    }
    CHECK(desk.intents().asked().empty());
  }
}

TEST_CASE("what nobody has seen yet is not in the ladder", "[gui][ladder][panels]") {
  test::PanelDesk desk(test::lesson("delete-mode"));
  Ladder ladder;
  desk.draw(ladder, 500, 3'000);
  const int at_start = desk.vertices();
  desk.stand_at(EventPosition{desk.events() / 4});
  desk.draw(ladder, 500, 3'000);
  CHECK(desk.vertices() > at_start);
  // Back again, what was seen stays, though faint.
  desk.stand_at(desk.document().index().start());
  desk.draw(ladder, 500, 3'000);
  CHECK(desk.vertices() > at_start);
}

TEST_CASE("a click on an arrow selects its event, and a second one goes there",
          "[gui][ladder][panels]") {
  test::PanelDesk desk(test::lesson("delete-mode"));
  Ladder ladder;
  const RunIndex& index = desk.document().index();
  const EventPosition there = index.told().all()[12];
  desk.stand_at(there);
  desk.draw(ladder, 500, 400);
  desk.click(ladder, {250, 300});
  bool selected = false;
  for (const Intent& intent : desk.intents().asked()) {
    if (const auto* select = std::get_if<intent::Select>(&intent)) {
      REQUIRE(std::holds_alternative<EventPosition>(select->what));
      CHECK(std::get<EventPosition>(select->what) <= there);
      selected = true;
    }
  }
  CHECK(selected);
}

TEST_CASE("a message is half way until it has arrived, and moves on while it is played",
          "[gui][ladder]") {
  const auto document = test::lesson("delete-mode");
  const RunRows& rows = document->index().rows();
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[RowId{i}];
    if (row.kind != RowKind::Command || row.arrived == kNoEvent) continue;
    Playback playback(document->index().start());
    CHECK(progress_of(playback, row) == 0);
    playback.jump(row.at);
    const float sent = progress_of(playback, row);
    CHECK((sent > 0 && sent < 1));
    playback.step(*document, Stride::Told, Direction::Forward, MotionStyle::Travel);
    if (playback.position() < row.arrived) continue;
    CHECK(progress_of(playback, row) == sent);
    playback.pass(10, *document, MotionStyle::Travel);
    CHECK(progress_of(playback, row) == 1);
  }
}
