// What must hold in every run, whatever happens in it: scenarios drawn by lot, with faults.
#include <string>
#include <vector>

#include "base/prng.hpp"
#include "journal/reducer.hpp"
#include "journal/timeline.hpp"
#include "tests/journal/check_machines.hpp"
#include "tests/journal/describe.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_scenario.hpp"
#include "world/world.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

TEST_CASE("In runs drawn by lot the view at the end is what the machines hold",
          "[journal][random]") {
  std::size_t letters = 0;
  std::size_t faults = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    world::World world(random_scenario(seed));
    REQUIRE(world.run().ok());
    const WorldView view = view_at_end(world.journal());
    check_machines(world, view);
    letters += view.letters.size();
    for (const Event& event : world.journal()) faults += payload_if<FaultInjected>(event) ? 1 : 0;
  }
  // What is drawn is worth the test.
  CHECK(letters > 150);
  CHECK(faults > 60);
}

TEST_CASE("In runs drawn by lot every position has the same view by checkpoint as by folding",
          "[journal][random][timeline]") {
  for (std::uint64_t seed = 100; seed < (kSanitized ? 101 : 103); ++seed) {
    INFO("seed " << seed);
    world::World world(random_scenario(seed));
    world.run();
    const Journal& journal = world.journal();
    Timeline forward(journal);
    Timeline backward(journal);
    backward.view_at(EventPosition{journal.size() - 1});
    std::vector<std::string> folded;
    WorldView view;
    for (const Event& event : journal) {
      advance(view, event);
      folded.push_back(describe(view));
      REQUIRE(describe(forward.view_at(event.position)) == folded.back());
    }
    for (std::uint64_t i = journal.size(); i-- > 0;) {
      // Far back each view is folded from the checkpoint before it: one in five will do.
      if (i % 5 == 0) REQUIRE(describe(backward.view_at(EventPosition{i})) == folded[i]);
    }
  }
}

TEST_CASE("In runs drawn by lot going anywhere and back changes nothing",
          "[journal][random][timeline]") {
  for (std::uint64_t seed = 200; seed < 200U + cases(15); ++seed) {
    INFO("seed " << seed);
    world::World world(random_scenario(seed));
    world.run();
    Timeline timeline(world.journal());
    Prng prng(seed);
    for (int i = 0; i < 20; ++i) {
      const EventPosition here{prng.below(world.journal().size())};
      const WorldView kept = timeline.view_at(here);
      const std::string before = describe(kept);
      timeline.view_at(EventPosition{prng.below(world.journal().size())});
      timeline.view_at(EventPosition{prng.below(world.journal().size())});
      REQUIRE(describe(timeline.view_at(here)) == before);
      REQUIRE(describe(kept) == before);  // a view that somebody holds does not change
    }
  }
}
