// Two runs stepped together in the window: delete and keep, a fork and its parent.
#include "gui/side_by_side.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/gui/window_at_dele.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

// A lesson beside itself in the other mode.
class PairInWindow : public test::HeadlessApp {
 public:
  explicit PairInWindow(const char* key = "d") {
    open("delete-mode");
    press(key);
    settle();
    REQUIRE(app().side_by_side() != nullptr);
  }
  const SideBySide& sides() { return *app().side_by_side(); }
};

}  // namespace

TEST_CASE("delete and keep stand side by side, and what differs is marked", "[gui][side_by_side]") {
  PairInWindow headless("c");
  App& app = headless.app();
  const SideBySide& sides = headless.sides();
  CHECK(sides.at() == sides.start());
  CHECK(sides.differences().copies.empty());
  headless.press("end");
  CHECK(sides.left().stage.unlike().size() + sides.right().stage.unlike().size() > 0);
  const auto differs = [](const SummaryRow& row) { return row.differs; };
  CHECK(std::any_of(sides.summary().begin(), sides.summary().end(), differs));
  headless.press("home");
  CHECK(std::none_of(sides.summary().begin(), sides.summary().end(), differs));
  std::uint64_t at = sides.at();
  for (int i = 0; i < 40; ++i) {
    headless.press("space");
    CHECK(sides.at() > at);
    at = sides.at();
  }
  headless.press("left");
  CHECK(sides.at() < at);
  headless.press("escape");
  CHECK(app.side_by_side() == nullptr);
}

TEST_CASE("delete and keep stand beside each other where a person stood", "[gui][side_by_side]") {
  for (const std::string lesson : {"delete-mode", "keep-mode"}) {
    test::HeadlessApp headless;
    App& app = headless.app();
    headless.open(lesson);
    app.show_position(*app.document()->index().told().next(EventPosition{400}));
    const EventPosition here = app.playback()->position();
    headless.press("d");
    headless.settle();
    REQUIRE(app.side_by_side() != nullptr);
    const SideBySide& sides = *app.side_by_side();
    const OneSide& same = lesson == "delete-mode" ? sides.left() : sides.right();
    const journal::Event& there = same.run.document->journal()[same.playback.position()];
    const journal::Event& shown = app.document()->journal()[here];
    CHECK(there.time == shown.time);
    CHECK(there.node == shown.node);
    CHECK(there.payload.index() == shown.payload.index());
    CHECK(same.caption == app.caption());
  }
}

TEST_CASE("every step of two runs can be gone to, those of the right one alone as well",
          "[gui][side_by_side]") {
  PairInWindow headless;
  App& app = headless.app();
  const SideBySide& sides = headless.sides();
  for (std::uint64_t step = sides.start(); step <= sides.size(); ++step) {
    app.ask(intent::JumpToStep{step});
    app.pass(0);
    CHECK(sides.at() == step);
  }
}

TEST_CASE("side by side, what is the same in both runs does not stand there twice",
          "[gui][side_by_side]") {
  PairInWindow headless;
  App& app = headless.app();
  const StagePlan& plan = headless.sides().left().stage.scene().plan;
  REQUIRE(plan.columns.size() == 2);
  CHECK(plan.columns[0].front().kind == CardKind::Mailbox);
  CHECK(plan.columns[1].front().kind == CardKind::Receiver);
  CHECK(plan.apart.empty());
  // Seen from the back: larger than what is around it in usual work, and no smaller presented.
  for (const char* keys : {"", "."}) {
    headless.press(keys);
    const FontSizes sizes = app.wanted_fonts(1'280, 720, 1);
    CHECK(sizes.stage_px >= sizes.panel_px);
  }
  CHECK(app.wanted_fonts(1'280, 720, 1).stage_px >= 28);
}

TEST_CASE("strides and speed are those of one run", "[gui][side_by_side]") {
  PairInWindow headless;
  App& app = headless.app();
  const SideBySide& sides = headless.sides();
  const auto event_on = [](const OneSide& side) -> const journal::Event& {
    return side.run.document->journal()[side.playback.position()];
  };
  const auto has_reply = [&](const OneSide& side) {
    return journal::payload_if<journal::ReplySent>(event_on(side)) != nullptr;
  };
  std::vector<std::uint64_t> stops{sides.at()};
  for (headless.press("shift+right"); sides.at() != stops.back(); headless.press("shift+right")) {
    stops.push_back(sides.at());
    CHECK((has_reply(sides.left()) || has_reply(sides.right())));
  }
  CHECK(stops.size() > 30);
  // Back the same way.
  headless.press("end");
  for (std::size_t i = stops.size(); i-- > 0;) {
    if (stops[i] == sides.at()) continue;  // the last one may be the end
    headless.press("shift+left");
    CHECK(sides.at() == stops[i]);
  }
  headless.press("alt+right");
  CHECK(sides.at() == sides.start() + 1);
  app.ask(intent::SetSpeed{kNormalSpeed + 2});
  headless.frame();
  CHECK(sides.speed() == kNormalSpeed + 2);
}

TEST_CASE("keys change nothing behind two runs that stand side by side", "[gui][side_by_side]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  headless.cut_line();
  headless.press("c");
  headless.settle();
  REQUIRE(app.side_by_side() != nullptr);
  const std::size_t shown = app.shown_run();
  const EventPosition position = app.playback()->position();
  headless.press(". b ctrl+f tab down pageup shift+pagedown ctrl+c w g ctrl+s space");
  CHECK(app.side_by_side() != nullptr);
  CHECK(app.mode() == Mode::Present);  // that is for the whole window
  CHECK(app.shown_run() == shown);
  CHECK(app.playback()->position() == position);
  CHECK_FALSE(app.offers().is_open());
  CHECK(app.live() == nullptr);
}

TEST_CASE("a fork stands beside its parent where the two part", "[gui][side_by_side]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  const EventPosition dele = headless.dele();
  headless.cut_line();
  headless.press("c");
  REQUIRE(app.side_by_side() != nullptr);
  CHECK(app.side_by_side()->left().playback.position() == dele);
  CHECK(app.side_by_side()->right().playback.position() == dele);
  CHECK(app.side_by_side()->left().run.name.english == "main");
  for (int i = 0; i < 20; ++i) headless.press("space");
  headless.press("p");
  headless.settle();
}
