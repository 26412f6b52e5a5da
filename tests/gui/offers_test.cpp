// What a right click offers to open, and what opening it shows.
#include "gui/offers.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "gui/report.hpp"
#include "tests/gui/window_at_dele.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

std::vector<OpenChoice> choices_for(const App& app, const Selection& what) {
  return make_open_choices(*app.document(), app.playback()->position(), what, app.sight(),
                           app.language());
}

// Nothing is unfolded that a choice may have to unfold.
class FoldedWindow : public test::WindowAtDele {
 public:
  FoldedWindow() {
    for (const char* panel : {"inspector", "transcript"}) {
      app().ask(intent::FoldPanel{panel, Folded::Yes});
    }
    frame();
  }

  // The choice of this text, chosen as by a click on it.
  void choose(const Selection& what, const char* key) {
    app().ask(intent::OfferMenu{what, 100, 100});
    frame();
    REQUIRE(app().offers().is_open());
    const std::vector<OpenChoice>& open = app().offers().offers().open;
    const auto found = std::find_if(open.begin(), open.end(), [&](const OpenChoice& it) {
      return it.label == app().language().text(key);
    });
    INFO(key);
    REQUIRE(found != open.end());
    for (auto steps = found - open.begin(); steps > 0; --steps) press("right");
    press("enter");
    CHECK_FALSE(app().offers().is_open());
  }
};

bool is_shown(const App& app, const char* panel) {
  return app.mode() == Mode::Work && app.focus().panel() == panel &&
         panel_setting(app.settings(), panel).folded == Folded::No;
}

// Every thing that can be clicked on the stage.
std::vector<Selection> things_on_stage(const App& app) {
  std::vector<Selection> things;
  for (const StageSpot& spot : app.stage_spots()) things.push_back(spot.what);
  return things;
}

const journal::CopyId& copy_in_maildrop(const App& app) {
  for (const SceneCard& card : app.scene().cards) {
    for (const SceneShelf& shelf : card.shelves) {
      if (shelf.kind == ShelfKind::Maildrop) return shelf.letters.front().copy;
    }
  }
  FAIL("there is no maildrop");
  std::abort();
}

}  // namespace

TEST_CASE("everything on the stage can be opened, in one to three ways", "[gui][offers]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  for (const Selection& what : things_on_stage(app)) {
    INFO("kind " << what.index());
    const std::vector<OpenChoice> choices = choices_for(app, what);
    CHECK(choices.size() >= 1);
    CHECK(choices.size() <= 3);
  }
}

TEST_CASE("a letter is opened in the inspector, which is unfolded, out of presentation mode too",
          "[gui][offers]") {
  for (const Mode mode : {Mode::Work, Mode::Present}) {
    FoldedWindow headless;
    App& app = headless.app();
    const journal::CopyId copy = copy_in_maildrop(app);
    app.set_mode(mode);
    headless.choose(copy, "open.letter");
    CHECK(is_shown(app, "inspector"));
    CHECK(is_selected(app.selection(), copy));
  }
}

TEST_CASE("a session is opened alone in the transcript, from a packet and from its line",
          "[gui][offers]") {
  FoldedWindow headless;
  App& app = headless.app();
  const ConnectionId session = app.document()->journal()[headless.dele()].connection;
  const std::vector<Selection> things = things_on_stage(app);
  for (const Selection& what : things) {
    const bool is_packet = is_selected(what, headless.dele());
    const auto* link = std::get_if<LinkEnds>(&what);
    const bool is_its_line =
        link != nullptr &&
        app.document()->index().links().at(*link, headless.dele()).connection == session;
    if (!is_packet && !is_its_line) continue;
    headless.choose(what, "open.session");
    CHECK(is_shown(app, "transcript"));
    CHECK(is_selected(app.selection(), session));
  }
}

TEST_CASE("a copy leads to where it came from, an event to what led to it, and stay selected",
          "[gui][offers]") {
  FoldedWindow headless;
  App& app = headless.app();
  const journal::CopyId copy = copy_in_maildrop(app);
  app.ask(intent::Select{copy});
  headless.choose(copy, "open.made");
  CHECK(app.playback()->position() == copy.made);
  CHECK(is_selected(app.selection(), copy));
  app.ask(intent::Select{});
  app.show_position(headless.dele());
  headless.choose({}, "open.cause");
  CHECK(app.playback()->position() < headless.dele());
  headless.choose(headless.dele(), "open.there");
  CHECK(app.playback()->position() == headless.dele());
}

TEST_CASE("the key for what would happen begins there, a right click with what can be opened",
          "[gui][offers]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  headless.press("w");
  CHECK(app.offers().highlighted() == app.offers().offers().open.size());
  headless.press("escape");
  headless.frame();
  const auto& spots = app.stage_spots();
  const auto machine = std::find_if(spots.begin(), spots.end(), [](const StageSpot& spot) {
    return std::holds_alternative<NodeId>(spot.what);
  });
  REQUIRE(machine != spots.end());
  const ImVec2 corner(machine->rect.x + 3, machine->rect.y + 3);
  headless.click(corner.x, corner.y, ImGuiMouseButton_Right);
  REQUIRE(app.offers().is_open());
  CHECK(app.offers().highlighted() == 0);
  CHECK_THAT(report_json(app, 0), ContainsSubstring("In the inspector"));
}

TEST_CASE("no note lies over what is offered", "[gui][offers]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  for (const char* keys : {"w", "?"}) {
    headless.press("m");
    REQUIRE_FALSE(app.note().empty());
    headless.press(keys);
    CHECK(app.note().empty());
    headless.press("escape");
  }
}

// Wherever a choice leads, nothing is told there that the lines do not show.
TEST_CASE("who reads along is led to nothing that is hidden", "[gui][offers]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("reading-along");
  headless.press("m e");
  const Telling& telling = app.document()->index().telling(exporting::Sight::Eavesdropper);
  std::size_t ways = 0;
  for (const EventPosition at : telling.told().all()) {
    app.show_position(at);
    headless.frame();
    std::vector<Selection> things = things_on_stage(app);
    things.emplace_back();
    for (const Selection& what : things) {
      for (const OpenChoice& choice : choices_for(app, what)) {
        const auto* jump = std::get_if<intent::JumpTo>(&choice.opens);
        if (jump == nullptr) continue;
        ++ways;
        CHECK_FALSE(telling.hides(jump->position));
      }
    }
  }
  CHECK(ways > 100);
}
