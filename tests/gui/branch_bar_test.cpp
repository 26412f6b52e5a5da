// While a class looks on: on which branch it stands.
#include "gui/panels/branch_path.hpp"

#include <vector>

#include "tests/gui/window_at_dele.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

// Where machines stand, from the left.
std::vector<Rect> machines_on_stage(const App& app) {
  std::vector<Rect> places;
  for (const StageSpot& spot : app.stage_spots()) {
    if (std::holds_alternative<NodeId>(spot.what)) places.push_back(spot.rect);
  }
  return places;
}

}  // namespace

TEST_CASE("a class is told on which branch it stands as soon as there is one",
          "[gui][present][branches]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  headless.press(".");
  const std::vector<Rect> alone = machines_on_stage(app);
  headless.press("w enter");
  headless.settle();
  REQUIRE(app.runs().size() == 2);
  REQUIRE(app.mode() == Mode::Present);
  const std::vector<Rect> on_branch = machines_on_stage(app);
  CHECK(on_branch.front().y > alone.front().y);

  SECTION("and machines stand still from one run to the other") {
    headless.press("b");
    headless.settle();
    REQUIRE(app.shown_run() == 0);
    CHECK((machines_on_stage(app) == on_branch));
  }
  SECTION("and a click there leads to the others") {
    const float em = app.wanted_fonts(1'280, 720, 1).panel_px;
    headless.click(em * 2, em);
    headless.click(em * 3, em * 3.3F);  // the first row of the list
    CHECK(app.shown_run() == 0);
  }
}
