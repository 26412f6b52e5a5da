// What branches are called.
#include "world/branch_name.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "world/scenario_load.hpp"
#include "world/world.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using world::Change;
using world::LocalText;

namespace {

EventPosition fourth_dele(const Journal& journal) {
  int number = 0;
  for (const Event& event : journal) {
    const auto* read = payload_if<CommandReceived>(event);
    if (read == nullptr || read->verb != Verb(pop3::Verb::Dele)) continue;
    if (++number == 4) return event.position;
  }
  FAIL("it was not said so often");
  return kNoEvent;
}

}  // namespace

TEST_CASE("A branch is named by its change in both languages", "[world][branches]") {
  auto scenario = world::load_scenario(MAILWALK_SOURCE_DIR "/lessons/delete-mode/lesson.toml");
  REQUIRE(scenario.ok());
  world::World world(std::move(*scenario));
  REQUIRE(world.run().ok());
  const Journal& journal = world.journal();
  const EventPosition dele = fourth_dele(journal);
  const NodeId server = journal[dele].node;

  struct Named {
    Change change;
    const char* english;
    const char* indonesian;
  };
  const std::vector<Named> all{
      {{{}, {}, LineCut{}}, "line cut after DELE 1", "sambungan putus setelah DELE 1"},
      {{{}, {}, AnswerReplaced{0, 0, Bytes("-ERR not today")}},
       "-ERR to DELE 1",
       "-ERR untuk DELE 1"},
      {{{}, {}, CommandTyped{0, 0, Bytes("NOOP")}},
       "NOOP when DELE 2 was due",
       "NOOP saat giliran DELE 2"},
      {{{}, {}, NetworkDisturbed{0, Fault::Unreachable, {}, {}, 0, 0, {}}},
       "Office mailbox server out of reach",
       "Server kotak surat kantor tidak terjangkau"},
      {{server, {}, ModeChosen{0, {}, FetchMode::Keep, 0}},
       "keep mode from 08:10:00",
       "mode simpan mulai 08:10:00"},
      {{{}, {}, SeedChanged{0, 5}}, "seed 5 from 08:10:00", "seed 5 mulai 08:10:00"},
  };
  for (const Named& named : all) {
    const LocalText name = world::branch_name(journal, dele, named.change);
    CHECK(name.english == named.english);
    CHECK(name.indonesian == named.indonesian);
  }
}

TEST_CASE("A line that is cut between two commands is named by the next one", "[world][branches]") {
  auto scenario = world::load_scenario(MAILWALK_SOURCE_DIR "/lessons/delete-mode/lesson.toml");
  REQUIRE(scenario.ok());
  world::World world(std::move(*scenario));
  REQUIRE(world.run().ok());
  const Journal& journal = world.journal();
  EventPosition marked = fourth_dele(journal);
  while (payload_if<LetterMarked>(journal[marked]) == nullptr) {
    marked = EventPosition{marked.value() + 1};
  }
  CHECK(world::branch_name(journal, marked, {{}, {}, LineCut{}}).english ==
        "line cut before DELE 2");
  const EventPosition end{journal.size() - 1};
  const LocalText last = world::branch_name(journal, end, {{}, {}, LineCut{}});
  CHECK(last.indonesian.find("sambungan putus setelah ") == 0);
}

TEST_CASE("No two branches have the same name", "[world][branches]") {
  const LocalText cut{"line cut", "sambungan putus"};
  std::vector<LocalText> taken{{"main", "utama"}};
  CHECK(world::distinct_name(cut, taken).english == "line cut");
  taken.push_back(cut);
  CHECK(world::distinct_name(cut, taken).english == "line cut (2)");
  taken.push_back(world::distinct_name(cut, taken));
  CHECK(world::distinct_name(cut, taken).indonesian == "sambungan putus (3)");
  // Also where only one language has it already.
  taken = {{"another", "sambungan putus"}};
  CHECK(world::distinct_name(cut, taken).english == "line cut (2)");
}
