// What a run is made again from, and journals from which none can be made.
#include "world/recipe.hpp"

#include <string>
#include <utility>
#include <variant>

#include "base/prng.hpp"
#include "tests/support/random_payload.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_scenario.hpp"
#include "world/fork.hpp"
#include "world/scenario_overrides.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;
using world::World;

namespace {

void add(Journal& journal, Payload payload) {
  journal.append({}, kNoNode, kNoConnection, kNoEvent, std::move(payload));
}

Journal beginning_with(const std::string& scenario) {
  Journal journal;
  add(journal, RunStarted{Bytes("x.toml"), Bytes(scenario), {}, {}, 1, {}});
  return journal;
}

std::string refused(const Journal& journal) {
  const auto recipe = world::recipe_of(journal);
  REQUIRE_FALSE(recipe.ok());
  return recipe.error().text();
}

const std::string kMailFromFile =
    ScenarioLottery(1).text() +
    "[[event]]\nat = \"1 s\"\ncompose = {device = \"laptop\", to = \"budi@b.example\", "
    "eml = \"surat.eml\"}\n";

}  // namespace

TEST_CASE("A recipe has the seed and the overrides of its run", "[world][recipe]") {
  world::Scenario scenario = random_scenario(7);
  scenario.seed = 4'711;
  world::override_mode(scenario, FetchMode::Delete);
  const World world(std::move(scenario));
  const auto recipe = world::recipe_of(world.journal());
  REQUIRE(recipe.ok());
  CHECK(recipe->scenario.seed == 4'711);
  CHECK(recipe->scenario.overrides.mode == FetchMode::Delete);
  for (const world::DeviceSpec& device : recipe->scenario.devices) {
    for (const world::FetchSpec& account : device.accounts) {
      CHECK(account.mode == FetchMode::Delete);
    }
  }
  CHECK(recipe->inputs.empty());
}

TEST_CASE("A journal without a scenario that can be read is no recipe", "[world][recipe]") {
  CHECK_THAT(refused(Journal{}), ContainsSubstring("does not begin"));
  Journal without_start;
  add(without_start, LineCut{});
  CHECK_THAT(refused(without_start), ContainsSubstring("does not begin"));
  CHECK_THAT(refused(beginning_with("")), ContainsSubstring("not made from a scenario file"));
  CHECK_THAT(refused(beginning_with("this is = no lesson")), ContainsSubstring("x.toml"));
  CHECK_THAT(refused(beginning_with(kMailFromFile)), ContainsSubstring("without the mail"));
}

TEST_CASE("Settings that cannot be are refused", "[world][recipe]") {
  Journal days = beginning_with(ScenarioLottery(1).text());
  add(days, ModeOverridden{FetchMode::KeepDays});
  CHECK_THAT(refused(days), ContainsSubstring("how many"));
  Journal mail = beginning_with(
      ScenarioLottery(1).text().substr(0, ScenarioLottery(1).text().find("[[event]]")));
  add(mail, MailOverridden{Bytes("Subject: x\r\n\r\nx\r\n")});
  CHECK_THAT(refused(mail), ContainsSubstring("nobody writes a mail"));
}

TEST_CASE("Whatever inputs a journal claims, the run is made or refused",
          "[world][recipe][hostile]") {
  const std::size_t first_input = Payload(MailFileGiven{}).index();
  const std::size_t inputs = Payload(RunServed{}).index() - first_input;
  std::size_t refusals = 0;
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    INFO("seed " << seed);
    Prng prng(seed);
    Journal journal = beginning_with(ScenarioLottery(seed % 20).text());
    for (int i = 0; i < 4; ++i) {
      const std::size_t kind = first_input + prng.below(inputs);
      journal.append({}, NodeId{static_cast<std::uint32_t>(prng.below(9))},
                     ConnectionId{static_cast<std::uint32_t>(prng.below(3))}, kNoEvent,
                     random_payload(kind, prng, prng.chance(500) ? Range::Crowded : Range::Full));
    }
    auto made = world::remake(journal);
    if (!made || !(*made)->run().ok()) ++refusals;
  }
  CHECK(refusals > 40);
  CHECK(refusals < 120);
}
