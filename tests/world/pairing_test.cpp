// Two runs beside each other: partners by cause, and a common order of steps.
#include "world/pairing.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "journal/comparison.hpp"
#include "journal/reducer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/shipped_lesson.hpp"
#include "world/fork.hpp"
#include "world/scenario_overrides.hpp"
#include "world/world.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using world::Likeness;
using world::PairedStep;
using world::Pairing;
using world::World;

namespace {

std::unique_ptr<World> run(world::Scenario scenario) {
  auto world = std::make_unique<World>(std::move(scenario));
  REQUIRE(world->run().ok());
  return world;
}

std::unique_ptr<World> run_in_mode(world::Scenario scenario, FetchMode mode) {
  world::override_mode(scenario, mode);
  return run(std::move(scenario));
}

// Each event of both runs is in exactly one step, in the order of its run; partners are mutual.
void check_lawful(const Pairing& pairing, const Journal& left, const Journal& right) {
  std::uint64_t l = 0;
  std::uint64_t r = 0;
  for (const PairedStep& step : pairing.steps()) {
    const bool on_left = step.likeness != Likeness::OnlyRight;
    const bool on_right = step.likeness != Likeness::OnlyLeft;
    REQUIRE(step.left_events == l + (on_left ? 1 : 0));
    REQUIRE(step.right_events == r + (on_right ? 1 : 0));
    l = step.left_events;
    r = step.right_events;
    if (on_left && on_right) REQUIRE(pairing.right_of(step.left()) == step.right());
  }
  REQUIRE(l == left.size());
  REQUIRE(r == right.size());
  for (const Event& event : left) {
    const auto partner = pairing.right_of(event.position);
    if (!partner) continue;
    REQUIRE(pairing.left_of(*partner) == event.position);
    REQUIRE(right[*partner].payload.index() == event.payload.index());
    REQUIRE(right[*partner].node == event.node);
  }
}

std::size_t steps_that_are(const Pairing& pairing, Likeness likeness) {
  std::size_t count = 0;
  for (const PairedStep& step : pairing.steps()) count += step.likeness == likeness ? 1 : 0;
  return count;
}

// The lines that only one run's clients sent.
std::vector<std::string> commands_only_on(const Pairing& pairing, const Journal& journal,
                                          Likeness side) {
  std::vector<std::string> lines;
  for (const PairedStep& step : pairing.steps()) {
    if (step.likeness != side) continue;
    const EventPosition at = side == Likeness::OnlyLeft ? step.left() : step.right();
    const auto* sent = payload_if<CommandSent>(journal[at]);
    if (sent != nullptr) lines.emplace_back(sent->line.view());
  }
  return lines;
}

}  // namespace

TEST_CASE("A run beside itself is the same in every step", "[world][pairing]") {
  World world(test::shipped_lesson("delete-mode"));
  world.run();
  const Pairing pairing(world.journal(), world.journal());
  check_lawful(pairing, world.journal(), world.journal());
  CHECK(pairing.steps().size() == world.journal().size());
  CHECK(steps_that_are(pairing, Likeness::Same) == world.journal().size());
}

TEST_CASE("Delete mode beside keep mode differs in what DELE brings, and in nothing before it",
          "[world][pairing]") {
  const world::Scenario scenario = test::shipped_lesson("keep-mode");
  const auto deletes = run_in_mode(scenario, FetchMode::Delete);
  const auto keeps = run_in_mode(scenario, FetchMode::Keep);
  const Journal& left = deletes->journal();
  const Journal& right = keeps->journal();
  const Pairing pairing(left, right);
  check_lawful(pairing, left, right);

  // Whatever one side's devices say alone has to do with letters that are gone or not.
  const auto only_left = commands_only_on(pairing, left, Likeness::OnlyLeft);
  REQUIRE_FALSE(only_left.empty());
  CHECK(only_left.front() == "DELE 1");
  for (const Event& event : left) {
    const auto* sent = payload_if<CommandSent>(event);
    if (sent == nullptr || protocol_of(sent->verb) != Protocol::Smtp) continue;
    CHECK(pairing.right_of(event.position).has_value());
  }
  // Every poll has its partner, and the letters that both store are stored in the same step.
  for (const Event& event : left) {
    if (payload_if<PollStarted>(event)) CHECK(pairing.right_of(event.position).has_value());
  }
  // The first that differ are the accounts' modes.
  for (const PairedStep& step : pairing.steps()) {
    if (step.likeness == Likeness::Same) continue;
    if (payload_if<ModeOverridden>(left[step.left()]) != nullptr) continue;
    CHECK(payload_if<AccountSet>(left[step.left()]) != nullptr);
    CHECK(step.likeness == Likeness::Differs);
    break;
  }
  CHECK(steps_that_are(pairing, Likeness::Same) > left.size() / 2);
}

TEST_CASE("A fork beside its parent is the same up to the change and goes on pairing after it",
          "[world][pairing]") {
  World parent(test::shipped_lesson("delete-mode"));
  parent.run();
  EventPosition dele = kNoEvent;
  for (const Event& event : parent.journal()) {
    const auto* sent = payload_if<CommandSent>(event);
    if (sent != nullptr && sent->verb == Verb(pop3::Verb::Dele)) {
      dele = event.position;
      break;
    }
  }
  auto branch = world::fork(parent.journal(), dele, {{}, {}, CommandTyped{0, 0, Bytes("NOOP")}});
  REQUIRE(branch.ok());
  (*branch)->run();
  const Journal& journal = (*branch)->journal();
  const Pairing pairing(parent.journal(), journal);
  check_lawful(pairing, parent.journal(), journal);
  for (std::uint64_t i = 0; i < dele.value(); ++i) {
    REQUIRE(pairing.steps()[i].likeness == Likeness::Same);
  }
  CHECK_FALSE(pairing.right_of(dele).has_value());
  // What has nothing to do with it still has its partner: the next letter's RETR.
  for (const Event& event : parent.journal()) {
    const auto* sent = payload_if<CommandSent>(event);
    if (sent != nullptr && sent->line == "RETR 2" && event.position > dele) {
      CHECK(pairing.right_of(event.position).has_value());
      break;
    }
  }
}

TEST_CASE("In runs drawn by lot any two settings can be paired", "[world][pairing][random]") {
  for (std::uint64_t seed = 400; seed < 412; ++seed) {
    INFO("seed " << seed);
    const world::Scenario scenario = test::random_scenario(seed);
    world::Scenario other = scenario;
    other.seed += 1;
    const auto deletes = run_in_mode(scenario, FetchMode::Delete);
    const auto keeps = run_in_mode(scenario, FetchMode::Keep);
    const auto drawn_otherwise = run_in_mode(std::move(other), FetchMode::Keep);
    for (const auto& right : {&keeps, &drawn_otherwise}) {
      const Pairing pairing(deletes->journal(), (*right)->journal());
      check_lawful(pairing, deletes->journal(), (*right)->journal());
    }
  }
}
