#include "gui/panels/panel_focus.hpp"

#include <string>
#include <vector>

#include "gui/report.hpp"
#include "tests/gui/headless_app.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

TEST_CASE("Tab goes through all panels that are open, and through none", "[gui][focus]") {
  const auto panels = make_panels();
  Settings settings;
  settings.panels["ladder"].folded = Folded::Yes;
  PanelFocus focus;
  std::vector<std::string> forward;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    focus.go(panels, settings, Direction::Forward);
    forward.push_back(focus.panel());
  }
  CHECK(forward == std::vector<std::string>{"lesson", "ledger", "transcript", "inspector", ""});
  focus.go(panels, settings, Direction::Back);
  CHECK(focus.panel() == "inspector");
  settings.panels["inspector"].folded = Folded::Yes;
  focus.go(panels, settings, Direction::Forward);
  CHECK(focus.panel() == "lesson");
}

TEST_CASE("what is scrolled is asked for once", "[gui][focus]") {
  PanelFocus focus;
  focus.scroll().ask(intent::ScrollBy::Lines, Direction::Forward);
  const double lines = focus.scroll().take_px(20, 400);
  CHECK(lines > 0);
  CHECK(focus.scroll().take_px(20, 400) == 0);
  focus.scroll().ask(intent::ScrollBy::Page, Direction::Back);
  const double page = focus.scroll().take_px(20, 400);
  CHECK(page < -lines);
  CHECK(page > -400);
}

TEST_CASE("keys give a panel the focus and Escape takes it; there is none in presentation mode",
          "[gui][focus][app]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  headless.press("end tab tab");
  CHECK(app.focus().panel() == "ledger");
  headless.press("shift+tab");
  CHECK(app.focus().panel() == "lesson");
  headless.press("tab tab tab up up shift+pageup down");
  CHECK(app.focus().panel() == "transcript");
  const EventPosition here = app.playback()->position();
  headless.press("down shift+pagedown");
  CHECK(app.playback()->position() == here);
  headless.press("escape");
  CHECK(app.focus().panel().empty());
  headless.press(". tab");
  CHECK(app.focus().panel().empty());
}
