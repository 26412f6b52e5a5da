// A person steps into a run while it goes on, and the run can be made again all the same.
#include "world/intervention.hpp"

#include <string>
#include <vector>

#include "base/prng.hpp"
#include "journal/reducer.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_scenario.hpp"
#include "world/fork.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;
using world::Change;
using world::World;

namespace {

// Some change somewhere; most are possible at some time, none at all times.
Change draw_change(const World& world, Prng& prng) {
  const std::vector<world::Input> inputs{
      LineCut{},
      NetworkDisturbed{0, Fault::Stall, {}, {}, 0, 0, seconds(30)},
      NetworkDisturbed{0, Fault::Clear, {}, {}, 0, 0, {}},
      AnswerReplaced{0, 0, Bytes("-ERR no")},
      AnswerReplaced{0, 0, Bytes("421 no")},
      CommandTyped{0, 0, Bytes("RSET")},
      CommandTyped{0, 1, Bytes("QUIT")},
      ModeChosen{0, {}, FetchMode::Delete, 0},
      SeedChanged{0, prng.below(100)},
      MailWritten{0, {Bytes("budi@b.example")}, Bytes("Sela"), Bytes("Hai"), {}},
      NextMailReplaced{0, Bytes("Subject: Ganti\r\n\r\nGanti\r\n")},
      PollWanted{},
      LetterOpened{0, DeviceLetterId{1}},
      LetterThrownAway{0, DeviceLetterId{1}},
  };
  const std::uint64_t events = world.journal().size();
  const Event& recent =
      world.journal()[EventPosition{events - 1 - prng.below(std::min<std::uint64_t>(events, 8))}];
  const NodeId machine =
      prng.chance(500) ? recent.node : NodeId{static_cast<std::uint32_t>(1 + prng.below(8))};
  return {machine, recent.connection, inputs[prng.below(inputs.size())]};
}

}  // namespace

TEST_CASE("Whatever persons do while a run goes on, it can be made again from its journal",
          "[world][intervention][random]") {
  std::size_t possible = 0;
  std::size_t impossible = 0;
  for (std::uint64_t seed = 500; seed < 500U + cases(40); ++seed) {
    INFO("seed " << seed);
    World world(random_scenario(seed));
    Prng prng(seed);
    int left = 12;
    while (left > 0) {
      for (std::uint64_t steps = prng.below(60); steps > 0; --steps) world.step();
      --left;
      const std::uint64_t before = world.journal().size();
      const Done done = world::intervene(world, draw_change(world, prng));
      ++(done ? possible : impossible);
      if (!done) REQUIRE(world.journal().size() == before);
    }
    REQUIRE(world.run().ok());
    auto again = world::remake(world.journal());
    REQUIRE(again.ok());
    REQUIRE((*again)->run().ok());
    REQUIRE((*again)->journal().fingerprint() == world.journal().fingerprint());
  }
  CHECK(possible > 2U * cases(40));
  CHECK(impossible > 1U * cases(40));
}

TEST_CASE("What somebody does when a run is over lets it go on", "[world][intervention]") {
  World world(random_scenario(3));
  world.run();
  NodeId device;
  for (const Event& event : world.journal()) {
    if (payload_if<AccountSet>(event) != nullptr) device = event.node;
  }
  const std::uint64_t size = world.journal().size();
  REQUIRE(world::intervene(world, {device, {}, PollWanted{}}).ok());
  REQUIRE(world.run().ok());
  CHECK(world.journal().size() > size + 5);
  auto again = world::remake(world.journal());
  REQUIRE(again.ok());
  (*again)->run();
  CHECK((*again)->journal().fingerprint() == world.journal().fingerprint());
}
