#include "gui/panels/workspace.hpp"

#include <vector>

#include "base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

std::vector<Rect> all_of(const Workspace& space) {
  std::vector<Rect> rects{space.stage, space.caption, space.transport};
  if (space.top_bar.h > 0) rects.push_back(space.top_bar);
  rects.insert(rects.end(), space.right.begin(), space.right.end());
  rects.insert(rects.end(), space.bottom.begin(), space.bottom.end());
  return rects;
}

std::vector<DockedPanel> random_panels(Prng& prng) {
  std::vector<DockedPanel> panels(static_cast<std::size_t>(prng.below(5)));
  for (DockedPanel& panel : panels) {
    panel.folded = prng.chance(300) ? Folded::Yes : Folded::No;
    panel.weight = static_cast<float>(prng.between(1, 40)) / 10;
    if (prng.chance(300)) panel.most_px = static_cast<float>(prng.between(20, 900));
  }
  return panels;
}

}  // namespace

TEST_CASE("a panel has no more than it needs, and the others have the rest", "[gui][workspace]") {
  WorkspaceRequest request;
  request.width = 1'280;
  request.height = 720;
  request.right = {{}, {}};
  const Workspace even = lay_out_workspace(request);
  request.right[1].most_px = 100;
  const Workspace modest = lay_out_workspace(request);
  CHECK(modest.right[1].h == 100);
  CHECK(modest.right[0].h > even.right[0].h + 50);
  CHECK(modest.right[1].bottom() == even.right[1].bottom());
  request.right[0].folded = Folded::Yes;
  CHECK(lay_out_workspace(request).right[1].h > 300);  // else there would be a hole
}

TEST_CASE("nothing in the window overlaps or lies outside, at any size", "[gui][workspace]") {
  Prng prng(11);
  for (int round = 0; round < 3'000; ++round) {
    WorkspaceRequest request;
    request.width = static_cast<float>(prng.between(480, 3840));
    request.height = static_cast<float>(prng.between(320, 2160));
    request.em = static_cast<float>(prng.between(10, 60));
    request.mode = prng.chance(300) ? Mode::Present : Mode::Work;
    request.right_share = static_cast<float>(prng.between(10, 60)) / 100;
    request.bottom_share = static_cast<float>(prng.between(10, 70)) / 100;
    request.asked = prng.chance(300) ? Asked::Question : Asked::Nothing;
    request.right = random_panels(prng);
    request.bottom = random_panels(prng);
    INFO("round " << round << ": " << request.width << "x" << request.height << ", em "
                  << request.em);
    const std::vector<Rect> rects = all_of(lay_out_workspace(request));
    for (std::size_t i = 0; i < rects.size(); ++i) {
      REQUIRE(rects[i].w >= 0);
      REQUIRE(rects[i].h >= 0);
      REQUIRE(rects[i].x >= -0.5F);
      REQUIRE(rects[i].y >= -0.5F);
      REQUIRE(rects[i].right() <= request.width + 1);
      REQUIRE(rects[i].bottom() <= request.height + 1);
      for (std::size_t k = i + 1; k < rects.size(); ++k) {
        INFO(i << " and " << k);
        const Rect smaller = rects[i].inset(0.6F);  // for rounding
        REQUIRE_FALSE((smaller.w > 0 && smaller.h > 0 && overlap(smaller, rects[k])));
      }
    }
  }
}

TEST_CASE("the stage is the largest part of a usual window", "[gui][workspace]") {
  WorkspaceRequest request;
  request.width = 1600;
  request.height = 900;
  request.right = {DockedPanel{}, DockedPanel{}};
  request.bottom = {DockedPanel{}, DockedPanel{}, DockedPanel{}};
  const Workspace space = lay_out_workspace(request);
  CHECK(space.stage.w > 1000);
  CHECK(space.stage.h > 350);
  CHECK(space.right.size() == 2);
  CHECK(space.bottom.size() == 3);

  request.mode = Mode::Present;
  const Workspace presented = lay_out_workspace(request);
  CHECK(presented.right.empty());
  CHECK(presented.bottom.empty());
  CHECK(presented.stage.h > 700);
}

TEST_CASE("larger type takes room from the docks before it takes it from the stage",
          "[gui][workspace]") {
  WorkspaceRequest request;
  request.width = 1280;
  request.height = 720;
  request.right = {DockedPanel{}, DockedPanel{}};
  request.bottom = {DockedPanel{}, DockedPanel{}, DockedPanel{}};
  const Workspace usual = lay_out_workspace(request);
  request.em = 24;
  const Workspace larger = lay_out_workspace(request);
  CHECK(larger.stage.w > usual.stage.w);
  CHECK(larger.stage.h >= 24 * 10);
  CHECK(larger.bottom.front().h >= 24 * 6);
  request.em = 32;
  CHECK(lay_out_workspace(request).bottom.front().h < 32 * 4);
}
