// The tree of runs: names, origins, and that nothing is lost.
#include "world/branches.hpp"

#include <string>
#include <vector>

#include "journal/comparison.hpp"
#include "journal/describe.hpp"
#include "journal/reducer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shipped_lesson.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using world::Branches;
using world::BranchId;
using world::Change;
using world::kMainBranch;

namespace {

Branches delete_mode() {
  Branches branches(test::shipped_lesson("delete-mode"));
  branches[kMainBranch].world->run();
  return branches;
}

const Journal& journal_of(Branches& branches, BranchId id) {
  return branches[id].world->journal();
}

template <class Payload>
EventPosition nth(const Journal& journal, Verb verb, int number) {
  for (const Event& event : journal) {
    const auto* said = payload_if<Payload>(event);
    if (said != nullptr && said->verb == verb && --number == 0) return event.position;
  }
  FAIL("it was not said so often");
  return kNoEvent;
}

BranchId fork(Branches& branches, BranchId parent, EventPosition position, Change change) {
  const auto made = branches.fork(parent, position, change);
  if (!made) UNSCOPED_INFO(made.error().text());
  REQUIRE(made.ok());
  return *made;
}

}  // namespace

TEST_CASE("A branch is named by its change in both languages", "[world][branches]") {
  Branches branches = delete_mode();
  CHECK(branches[kMainBranch].name.english == "main");
  CHECK(branches[kMainBranch].name.indonesian == "utama");
  const auto dele = nth<CommandReceived>(journal_of(branches, kMainBranch), pop3::Verb::Dele, 4);
  const NodeId device =
      journal_of(
          branches,
          kMainBranch)[nth<CommandSent>(journal_of(branches, kMainBranch), pop3::Verb::Dele, 1)]
          .node;

  struct Named {
    Change change;
    const char* english;
    const char* indonesian;
  };
  const std::vector<Named> all{
      {{{}, {}, LineCut{}}, "line cut after DELE", "sambungan putus setelah DELE"},
      {{{}, {}, LineCut{}}, "line cut after DELE (2)", "sambungan putus setelah DELE (2)"},
      {{{}, {}, AnswerReplaced{0, 0, Bytes("-ERR not today")}}, "-ERR to DELE", "-ERR untuk DELE"},
      {{{}, {}, CommandTyped{0, 0, Bytes("QUIT")}}, "QUIT instead of QUIT", "QUIT, bukan QUIT"},
      {{device, {}, ModeChosen{0, {}, FetchMode::Keep, 0}},
       "keep mode from ",
       "mode simpan mulai "},
      {{{}, {}, SeedChanged{0, 5}}, "seed 5 from ", "seed 5 mulai "},
  };
  for (const Named& named : all) {
    const BranchId id = fork(branches, kMainBranch, dele, named.change);
    INFO(branches[id].name.english << " / " << branches[id].name.indonesian);
    if (std::holds_alternative<CommandTyped>(named.change.what)) {
      CHECK_THAT(branches[id].name.english, ContainsSubstring("QUIT instead of "));
      continue;
    }
    CHECK(branches[id].name.english.starts_with(named.english));
    CHECK(branches[id].name.indonesian.starts_with(named.indonesian));
  }
}

TEST_CASE("Branches know where they come from, and all stay as they are", "[world][branches]") {
  Branches branches = delete_mode();
  const std::string before = journal_of(branches, kMainBranch).fingerprint();
  const auto dele = nth<CommandReceived>(journal_of(branches, kMainBranch), pop3::Verb::Dele, 4);
  const BranchId cut = fork(branches, kMainBranch, dele, {{}, {}, LineCut{}});
  branches[cut].world->run();
  const auto again = nth<CommandReceived>(journal_of(branches, cut), pop3::Verb::Retr, 1);
  const BranchId deeper =
      fork(branches, cut, again, {{}, {}, AnswerReplaced{0, 0, Bytes("-ERR no")}});
  branches[deeper].world->run();
  const BranchId other = fork(branches, kMainBranch, dele, {{}, {}, SeedChanged{0, 3}});

  REQUIRE(branches.size() == 4);
  CHECK_FALSE(branches[kMainBranch].origin);
  CHECK(branches[deeper].origin->parent == cut);
  CHECK(branches[deeper].origin->position == again);
  CHECK(branches.children_of(kMainBranch) == std::vector{cut, other});
  CHECK(branches.children_of(cut) == std::vector{deeper});
  CHECK(journal_of(branches, kMainBranch).fingerprint() == before);
  for (const BranchId id : {kMainBranch, cut, deeper}) {
    const Journal& journal = journal_of(branches, id);
    CHECK(describe(branches[id].timeline->view_at(EventPosition{journal.size() - 1})) ==
          describe(view_at_end(journal)));
  }
}

TEST_CASE("An impossible change makes no branch", "[world][branches]") {
  Branches branches = delete_mode();
  const auto made = branches.fork(kMainBranch, EventPosition{0}, {{}, {}, LineCut{}});
  REQUIRE_FALSE(made.ok());
  CHECK_THAT(made.error().text(), ContainsSubstring("over"));
  CHECK(branches.size() == 1);
}
