// A run whose program ended at any moment goes on from its journal: nothing that a machine answered
// for is lost, nothing is there twice.
#include <map>
#include <string>
#include <utility>

#include "base/prng.hpp"
#include "journal/reducer.hpp"
#include "mail/message.hpp"
#include "tests/journal/check_machines.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/shipped_lesson.hpp"
#include "world/recipe.hpp"
#include "world/world.hpp"

namespace mailwalk::world {
namespace {

using journal::Event;
using journal::Journal;
using journal::payload_if;

Journal copy_of(const Journal& journal) {
  Journal copy;
  for (const Event& event : journal) {
    copy.append(event.time, event.node, event.connection, event.cause, event.payload);
  }
  return copy;
}

// The run as far as it came in so many steps; fewer if it was over before.
Journal journal_after(const Scenario& scenario, std::uint64_t steps) {
  World world(scenario);
  while (world.steps() < steps && world.step()) {
  }
  return copy_of(world.journal());
}

std::uint64_t steps_of(const Scenario& scenario) {
  World world(scenario);
  REQUIRE(world.run().ok());
  return world.steps();
}

std::string message_id(const Bytes& content) {
  const auto field = mail::Message(content).find("Message-ID");
  return field ? field->value() : "";
}

// How often each of it is in a journal, by names that stay the same from hop to hop.
struct Counts {
  std::map<std::string, int> composed;   // by Message-ID and recipient
  std::map<std::string, int> delivered;  // by Message-ID and owner
  std::map<std::string, int> stored;     // by device and UID
  std::map<std::string, int> expunged;   // by UID
};

Counts counts_of(const Journal& journal) {
  Counts counts;
  for (const Event& event : journal) {
    if (const auto* mail = payload_if<journal::MailComposed>(event)) {
      for (const Bytes& to : mail->recipients) {
        const std::string owner(to.view().substr(0, to.view().find('@')));
        ++counts.composed[message_id(mail->content) + owner];
      }
    } else if (const auto* letter = payload_if<journal::LetterDelivered>(event)) {
      ++counts.delivered[message_id(letter->content) + std::string(letter->owner.view())];
    } else if (const auto* copy = payload_if<journal::LetterStored>(event)) {
      ++counts.stored[std::to_string(event.node.value()) + std::string(copy->uid.view())];
    } else if (const auto* gone = payload_if<journal::LetterExpunged>(event)) {
      ++counts.expunged[std::string(gone->uid.view())];
    }
  }
  return counts;
}

void check_once(const std::map<std::string, int>& counts) {
  for (const auto& [name, times] : counts) {
    INFO(name);
    CHECK(times == 1);
  }
}

}  // namespace

TEST_CASE("After whatever step a lesson is taken up, every mail arrives, and once",
          "[world][take-up]") {
  for (const char* id : {"whole-journey", "delete-mode", "keep-mode"}) {
    const Scenario scenario = test::shipped_lesson(id);
    const std::uint64_t steps = steps_of(scenario);
    for (std::uint64_t cut = 0; cut <= steps; cut += test::kSanitized ? 13 : 1) {
      INFO(id << ", after " << cut << " of " << steps << " steps");
      World world(scenario);
      REQUIRE(world.take_up(journal_after(scenario, cut)).ok());
      REQUIRE(world.run().ok());
      test::check_machines(world, journal::view_at_end(world.journal()));
      const Counts counts = counts_of(world.journal());
      REQUIRE(counts.delivered == counts.composed);
      check_once(counts.delivered);
      check_once(counts.stored);
      check_once(counts.expunged);
    }
  }
}

TEST_CASE("In runs drawn by lot every machine holds after it what the journal says",
          "[world][take-up]") {
  int taken_up = 0;
  for (int seed = 0; seed < test::cases(60); ++seed) {
    const Scenario scenario = test::random_scenario(static_cast<std::uint64_t>(seed));
    Prng prng(static_cast<std::uint64_t>(seed));
    const std::uint64_t cut = prng.below(steps_of(scenario) + 1);
    INFO("seed " << seed << ", after " << cut << " steps");
    const Journal past = journal_after(scenario, cut);
    World world(scenario);
    REQUIRE(world.take_up(copy_of(past)).ok());
    test::check_machines(world, journal::view_at_end(world.journal()));
    // Once more, before it has gone on, and later.
    for (const bool at_once : {true, false}) {
      if (!at_once) REQUIRE(world.run().ok());
      World again(scenario);
      REQUIRE(again.take_up(copy_of(world.journal())).ok());
      test::check_machines(again, journal::view_at_end(again.journal()));
      REQUIRE(again.run().ok());
      const journal::WorldView end = journal::view_at_end(again.journal());
      test::check_machines(again, end);
      CHECK(end.connections.empty());
      ++taken_up;
    }
    for (const Event& event : past) {
      REQUIRE(world.journal()[event.position].time == event.time);
    }
  }
  CHECK(taken_up == 2 * test::cases(60));
}

TEST_CASE("Taking up cuts what was connected, and says so", "[world][take-up]") {
  const Scenario scenario = test::shipped_lesson("delete-mode");
  // In the middle of a session that has marked a letter.
  World first(scenario);
  const auto marked = [&] {
    for (const auto& [id, machine] : journal::view_at_end(first.journal()).machines) {
      for (const auto& [owner, maildrop] : machine->maildrops) {
        for (const auto& [arrival, letter] : maildrop->letters) {
          if (letter.marked) return true;
        }
      }
    }
    return false;
  };
  while (!marked()) REQUIRE(first.step());
  const std::uint64_t before = first.journal().size();

  World second(scenario);
  REQUIRE(second.take_up(copy_of(first.journal())).ok());
  const Event& taken_up = second.journal()[EventPosition{before}];
  CHECK(payload_if<journal::RunTakenUp>(taken_up) != nullptr);
  CHECK(taken_up.time.us % seconds(1).us == 0);
  CHECK(taken_up.time > first.now());
  int resets = 0;
  int unmarked = 0;
  for (std::uint64_t i = before + 1; i < second.journal().size(); ++i) {
    const Event& event = second.journal()[EventPosition{i}];
    CHECK(event.cause == taken_up.position);
    if (payload_if<journal::ConnectionReset>(event) != nullptr) ++resets;
    if (payload_if<journal::LetterUnmarked>(event) != nullptr) ++unmarked;
  }
  CHECK(resets == 2);
  CHECK(unmarked == 1);
  CHECK(journal::view_at_end(second.journal()).connections.empty());
}

TEST_CASE("A journal of another scenario is not taken up, and no other is without its stage",
          "[world][take-up]") {
  const Scenario scenario = test::shipped_lesson("delete-mode");
  World world(scenario);
  const std::uint64_t stage = world.journal().size();
  CHECK_FALSE(world.take_up(journal_after(test::shipped_lesson("keep-mode"), 100)).ok());
  CHECK_FALSE(world.take_up(Journal()).ok());
  Journal strange = journal_after(scenario, 100);
  strange.append(VirtualTime{} + days(1), NodeId{1}, ConnectionId{4'000'000'000u}, kNoEvent,
                 journal::ConnectionAccepted{});
  CHECK_FALSE(world.take_up(std::move(strange)).ok());
  CHECK(world.journal().size() == stage);
  REQUIRE(world.run().ok());
}

TEST_CASE("What was played in virtual time is made again, what was served is taken up",
          "[world][take-up][recipe]") {
  const Journal played = journal_after(test::shipped_lesson("keep-mode"), 100);
  CHECK(recipe_of(played).ok());
  REQUIRE_FALSE(served_scenario_of(played).ok());
  CHECK_THAT(served_scenario_of(played).error().text(), ContainsSubstring("was not served"));

  Journal served = journal_after(test::shipped_lesson("keep-mode"), 0);
  served.append({}, kNoNode, kNoConnection, kNoEvent, journal::RunServed{journal::Cast::Servers});
  REQUIRE_FALSE(recipe_of(served).ok());
  CHECK_THAT(recipe_of(served).error().text(), ContainsSubstring("was served on real TCP"));
  const auto scenario = served_scenario_of(served);
  REQUIRE(scenario.ok());
  CHECK(scenario->happenings.empty());
}

}  // namespace mailwalk::world
