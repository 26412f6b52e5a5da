#include "gui/stage/stage_layout.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/prng.hpp"
#include "gui/panels/workspace.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

using journal::Role;

// Some machines of every kind, and calls among them as mail goes, and a few as it does not.
StagePlan random_plan(Prng& prng) {
  const auto count = static_cast<std::uint32_t>(prng.between(1, 12));
  std::vector<PlanMachine> machines;
  for (std::uint32_t i = 1; i <= count; ++i) {
    PlanMachine machine;
    machine.id = NodeId{i};
    switch (prng.below(5)) {
      case 0: machine.roles = journal::roles(Role::Mta); break;
      case 1:
        machine.roles = Role::MailboxServer | Role::MaaServer;
        machine.maildrops = static_cast<std::uint32_t>(prng.below(4));
        break;
      case 2: machine.roles = journal::roles(Role::NameServer); break;
      default: machine.roles = journal::roles(Role::Device); machine.fetches = prng.chance(500);
    }
    machines.push_back(machine);
  }
  std::vector<Route> routes;
  for (std::uint64_t i = prng.below(20); i > 0; --i) {
    const NodeId a{static_cast<std::uint32_t>(prng.between(1, count))};
    const NodeId b{static_cast<std::uint32_t>(prng.between(1, count))};
    if (a != b) routes.push_back({a, b, prng.chance(700) ? Lane::Push : Lane::Pull});
  }
  return plan_stage(machines, routes);
}

std::size_t machines_in(const StagePlan& plan) {
  std::size_t count = plan.apart.size();
  for (const auto& column : plan.columns) count += column.size();
  return count;
}

bool lies_in(const Rect& inner, const Rect& outer) {
  return inner.x >= outer.x - 0.5F && inner.y >= outer.y - 0.5F &&
         inner.right() <= outer.right() + 0.5F && inner.bottom() <= outer.bottom() + 0.5F;
}

}  // namespace

TEST_CASE("cards never overlap and never lie outside, whoever stands on a stage of whatever size",
          "[gui][stage][layout]") {
  Prng prng(5);
  for (int round = 0; round < 2'000; ++round) {
    const StagePlan plan = random_plan(prng);
    const Rect area{static_cast<float>(prng.below(50)), static_cast<float>(prng.below(50)),
                    static_cast<float>(prng.between(200, 3'800)),
                    static_cast<float>(prng.between(120, 2'100))};
    const int lines = 1 + static_cast<int>(prng.below(2));
    const HeadStyle head{{lines, lines, lines, 1, 1},
                         prng.chance(500) ? Subtitle::Shown : Subtitle::Hidden};
    const float em = stage_text_px(plan, area, head, static_cast<float>(prng.between(12, 60)));
    const StageLayout layout = lay_out_stage(plan, area, head, em);
    INFO("round " << round << ": " << area.w << "x" << area.h << ", em " << em << ", "
                  << machines_in(plan) << " machines");
    REQUIRE(layout.cards.size() == machines_in(plan));
    for (auto a = layout.cards.begin(); a != layout.cards.end(); ++a) {
      REQUIRE(a->second.rect.w > 0);
      REQUIRE(a->second.rect.h > 0);
      REQUIRE(lies_in(a->second.rect, area));
      for (auto b = std::next(a); b != layout.cards.end(); ++b) {
        REQUIRE_FALSE(overlap(a->second.rect.inset(0.2F), b->second.rect.inset(0.2F)));
      }
      for (const Band& band : layout.bands) {
        REQUIRE_FALSE(overlap(a->second.rect.inset(0.2F), band.rect));
      }
    }
  }
}

// Whether a straight line comes into the rectangle.
bool crosses(ImVec2 a, ImVec2 b, const Rect& rect) {
  for (int i = 0; i <= 200; ++i) {
    const float t = static_cast<float>(i) / 200;
    if (rect.contains({a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t})) return true;
  }
  return false;
}

TEST_CASE("no link runs behind a machine that it is not of", "[gui][stage][layout]") {
  Prng prng(21);
  for (int round = 0; round < 150; ++round) {
    const StagePlan plan = random_plan(prng);
    const Rect area{0, 0, static_cast<float>(prng.between(700, 3'000)),
                    static_cast<float>(prng.between(300, 1'600))};
    const float em = stage_text_px(plan, area, {}, 16);
    const StageLayout layout = lay_out_stage(plan, area, {}, em);
    for (const auto& [one, from] : layout.cards) {
      for (const auto& [other, to] : layout.cards) {
        if (from.stack == to.stack) continue;
        const LinkPath path = layout.path(one, other);
        INFO("round " << round << ", " << one.value() << " to " << other.value());
        REQUIRE(path.label_px > 0);
        for (std::size_t i = 1; i < path.points.size(); ++i) {
          for (const auto& [id, card] : layout.cards) {
            if (id == one || id == other) continue;
            REQUIRE_FALSE(crosses(path.points[i - 1], path.points[i], card.rect.inset(0.6F)));
          }
        }
      }
    }
  }
}

TEST_CASE("up to four devices that fetch stand in one column, each on a link of its own",
          "[gui][stage][layout]") {
  std::vector<PlanMachine> machines{{NodeId{1}, journal::roles(Role::Device), false, 0},
                                    {NodeId{2}, Role::MailboxServer | Role::MaaServer, false, 2}};
  std::vector<Route> routes{{NodeId{1}, NodeId{2}, Lane::Push}};
  for (std::uint32_t id = 3; id <= 6; ++id) {
    machines.push_back({NodeId{id}, journal::roles(Role::Device), true, 0});
    routes.push_back({NodeId{id}, NodeId{2}, Lane::Pull});
  }
  WorkspaceRequest window;
  window.width = 1'600;
  window.height = 900;
  window.right = {DockedPanel{}, DockedPanel{}};
  window.bottom = {DockedPanel{}, DockedPanel{}, DockedPanel{}};
  const Rect stage = lay_out_workspace(window).stage;
  const StageLayout layout = lay_out_stage(plan_stage(machines, routes), stage, {}, 16);
  for (std::uint32_t id = 4; id <= 6; ++id) {
    CHECK(layout.cards.at(NodeId{id}).rect.x == layout.cards.at(NodeId{3}).rect.x);
    const LinkPath path = layout.path(NodeId{id}, NodeId{2});
    CHECK(path.points.front().y == path.points.back().y);
    CHECK(path.label_px >= 16 * 5);
  }
}

// Four that fetch, on a stage so low that they stand in two columns, close together.
TEST_CASE("devices of a second column have ways of their own, however narrow the gaps are",
          "[gui][stage][layout]") {
  std::vector<PlanMachine> machines{{NodeId{1}, Role::MailboxServer | Role::MaaServer, false, 1}};
  std::vector<Route> routes;
  for (std::uint32_t id = 2; id <= 5; ++id) {
    machines.push_back({NodeId{id}, journal::roles(Role::Device), true, 0});
    routes.push_back({NodeId{id}, NodeId{1}, Lane::Pull});
  }
  const StagePlan plan = plan_stage(machines, routes);
  int in_two_columns = 0;
  for (float height = 150; height < 600; height += 10) {
    INFO("height " << height);
    const Rect area{0, 0, 900, height};
    const StageLayout layout = lay_out_stage(plan, area, {}, stage_text_px(plan, area, {}, 22));
    const std::size_t mailbox = layout.cards.at(NodeId{1}).stack;
    if (layout.cards.at(NodeId{5}).stack != mailbox + 2) continue;
    ++in_two_columns;
    std::vector<float> heights;
    for (std::uint32_t id = 2; id <= 5; ++id) {
      heights.push_back(layout.path(NodeId{id}, NodeId{1}).rest.y);
    }
    std::sort(heights.begin(), heights.end());
    for (std::size_t i = 1; i < heights.size(); ++i) CHECK(heights[i] - heights[i - 1] >= 4);
  }
  CHECK(in_two_columns > 10);
}

TEST_CASE(
    "where mail is pushed with room to spare, heads of as many lines put all links on a level",
    "[gui][stage][layout]") {
  const std::vector<PlanMachine> machines{
      {NodeId{1}, journal::roles(Role::Device), false, 0},
      {NodeId{2}, journal::roles(Role::Mta), false, 0},
      {NodeId{3}, Role::MailboxServer | Role::MaaServer, false, 1},
      {NodeId{4}, journal::roles(Role::Device), true, 0}};
  const std::vector<Route> routes{{NodeId{1}, NodeId{2}, Lane::Push},
                                  {NodeId{2}, NodeId{3}, Lane::Push},
                                  {NodeId{4}, NodeId{3}, Lane::Pull}};
  const StagePlan plan = plan_stage(machines, routes);
  const HeadStyle head{{2, 2, 2, 1, 1}, Subtitle::Hidden};
  const Rect high{0, 0, 1'280, 560};
  const Rect low{0, 0, 1'280, 260};
  CHECK(is_pushed_at_ease(plan, high, head, 28));
  CHECK_FALSE(is_pushed_at_ease(plan, low, head, 28));
  const StageLayout layout = lay_out_stage(plan, high, head, 28);
  const float level = layout.cards.at(NodeId{3}).strip_y;
  CHECK(layout.cards.at(NodeId{1}).strip_y == level);
  CHECK(layout.cards.at(NodeId{2}).strip_y == level);
  // What is said between the servers has room in the strips of both.
  const LinkPath path = layout.path(NodeId{2}, NodeId{3});
  const float gap = layout.cards.at(NodeId{3}).rect.x - layout.cards.at(NodeId{2}).rect.right();
  const float widths = layout.cards.at(NodeId{2}).rect.w + layout.cards.at(NodeId{3}).rect.w;
  CHECK(path.label_px > gap + widths * 0.4F);
}

TEST_CASE("the server from which devices fetch stands next to them", "[gui][stage][layout]") {
  const auto mailbox = Role::MailboxServer | Role::MaaServer;
  const StagePlan plan = plan_stage({{NodeId{1}, mailbox, false, 1},
                                     {NodeId{2}, mailbox, false, 1},
                                     {NodeId{3}, journal::roles(Role::Device), true, 0}},
                                    {{NodeId{3}, NodeId{1}, Lane::Pull}});
  REQUIRE(plan.columns.size() == 2);
  REQUIRE(plan.columns.front().size() == 2);
  CHECK(plan.columns.front().back().id == NodeId{1});
}

TEST_CASE("the same plan in the same room gives the same places", "[gui][stage][layout]") {
  Prng prng(9);
  for (int round = 0; round < 50; ++round) {
    const StagePlan plan = random_plan(prng);
    const Rect area{0, 0, 1'100, 450};
    const StageLayout once = lay_out_stage(plan, area, {}, 16);
    const StageLayout again = lay_out_stage(plan, area, {}, 16);
    for (const auto& [id, card] : once.cards) CHECK(again.cards.at(id).rect == card.rect);
  }
}

TEST_CASE("mail goes from left to right, relays in the order of the way", "[gui][stage][layout]") {
  const std::vector<PlanMachine> machines{
      {NodeId{1}, journal::roles(Role::Device), true, 0},
      {NodeId{2}, Role::MailboxServer | Role::MaaServer, false, 1},
      {NodeId{3}, journal::roles(Role::Mta), false, 0},
      {NodeId{4}, journal::roles(Role::Mta), false, 0},
      {NodeId{5}, journal::roles(Role::Device), false, 0},
      {NodeId{6}, journal::roles(Role::NameServer), false, 0},
  };
  // 5 writes; 4 takes it and relays it to 3, which delivers it to 2; 1 fetches it.
  const std::vector<Route> routes{{NodeId{5}, NodeId{4}, Lane::Push},
                                  {NodeId{4}, NodeId{3}, Lane::Push},
                                  {NodeId{3}, NodeId{2}, Lane::Push},
                                  {NodeId{1}, NodeId{2}, Lane::Pull}};
  const StageLayout layout =
      lay_out_stage(plan_stage(machines, routes), {0, 0, 1'400, 600}, {}, 16);
  const auto x = [&](std::uint32_t id) { return layout.cards.at(NodeId{id}).rect.x; };
  CHECK(x(5) < x(4));
  CHECK(x(4) < x(3));
  CHECK(x(3) < x(2));
  CHECK(x(2) < x(1));
  REQUIRE(layout.bands.size() == 2);
  CHECK(layout.bands[0].lane == Lane::Push);
  CHECK(layout.bands[0].rect.right() < layout.bands[1].rect.x);

  // A link runs from edge to edge, and what travels on it rests between the two.
  const LinkPath path = layout.path(NodeId{1}, NodeId{2});
  CHECK(path.at(0).x == Approx(x(1)));
  CHECK(path.at(1).x == Approx(layout.cards.at(NodeId{2}).rect.right()));
  CHECK(path.rest.x > x(2));
  CHECK(path.rest.x < layout.cards.at(NodeId{1}).rect.right());
  CHECK(layout.path(NodeId{1}, NodeId{1}).points.empty());
  CHECK(layout.path(NodeId{1}, NodeId{99}).points.empty());
}

TEST_CASE("a usual lesson is legible from the last row in presentation mode",
          "[gui][stage][layout]") {
  const std::vector<PlanMachine> machines{
      {NodeId{1}, journal::roles(Role::Device), false, 0},
      {NodeId{2}, journal::roles(Role::Mta), false, 0},
      {NodeId{3}, Role::MailboxServer | Role::MaaServer, false, 1},
      {NodeId{4}, journal::roles(Role::Device), true, 0},
      {NodeId{5}, journal::roles(Role::Device), true, 0},
      {NodeId{6}, journal::roles(Role::NameServer), false, 0},
  };
  const std::vector<Route> routes{{NodeId{1}, NodeId{2}, Lane::Push},
                                  {NodeId{2}, NodeId{3}, Lane::Push},
                                  {NodeId{4}, NodeId{3}, Lane::Pull},
                                  {NodeId{5}, NodeId{3}, Lane::Pull}};
  const StagePlan plan = plan_stage(machines, routes);
  WorkspaceRequest window;
  window.width = 1'280;
  window.height = 720;
  window.em = 28;
  window.mode = Mode::Present;
  const Rect stage = lay_out_workspace(window).stage;
  CHECK(stage_text_px(plan, stage, {{2, 2, 2, 1, 1}, Subtitle::Hidden}, 28) >= 28);
}
