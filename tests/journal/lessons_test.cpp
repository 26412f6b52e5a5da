// Real runs: the view, made from events alone, is what the machines really hold.
#include <algorithm>
#include <string>
#include <vector>

#include "journal/reducer.hpp"
#include "journal/timeline.hpp"
#include "tests/journal/builder.hpp"
#include "tests/journal/check_machines.hpp"
#include "tests/journal/describe.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shipped_lesson.hpp"
#include "world/scenario_file.hpp"
#include "world/world.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using mailwalk::test::check_machines;
using mailwalk::test::describe;

namespace {

// ---- Runs ------------------------------------------------------------------------------------

// Mail bounces, is put off and tried again, goes to several people at once, fills a maildrop and a
// device, and is thrown away.
constexpr const char* kTroubles = R"([lesson]
id = "troubles"
[[host]]
name = "mta.a.example"
roles = ["mta", "mailbox", "maa"]
[[host]]
name = "mx.b.example"
roles = ["mailbox", "maa"]
[[host]]
name = "ns.example"
roles = ["names"]
[[account]]
address = "ani@a.example"
password = "rahasia"
host = "mta.a.example"
[[account]]
address = "budi@b.example"
password = "rahasia"
host = "mx.b.example"
quota = "6 KB"
[[account]]
address = "citra@b.example"
password = "rahasia"
host = "mx.b.example"
[[device]]
name = "laptop"
mail = "ani@a.example"
submit_to = "mta.a.example"
storage = "30 KB"
[[device.fetch]]
account = "ani@a.example"
mode = "delete"
[[device]]
name = "phone"
storage = "4 KB"
[[device.fetch]]
account = "budi@b.example"
mode = "keep 1 days"
every = "6 h"
[[event]]
at = "0 s"
fault = {kind = "refuse", machine = "mta.a.example", port = 587, lasts = "3 min"}
[[event]]
at = "1 s"
compose = {device = "laptop", to = ["budi@b.example", "citra@b.example", "nobody@b.example", "ani@a.example"], subject = "Semua", fill = "2 KB"}
[[event]]
at = "10 min"
fault = {kind = "refuse", machine = "mx.b.example", port = 25, lasts = "1 h"}
[[event]]
at = "11 min"
compose = {device = "laptop", to = ["budi@b.example"], subject = "Nanti", fill = "2 KB"}
[[event]]
at = "2 h"
compose = {device = "laptop", to = ["budi@b.example", "citra@b.example"], subject = "Penuh", fill = "3 KB"}
[[event]]
at = "3 h"
answer = {host = "mta.a.example", verb = "RCPT", nth = 2, reply = "550 5.7.1 No"}
[[event]]
at = "3 h"
compose = {device = "laptop", to = ["citra@b.example", "budi@b.example"], subject = "Satu"}
[[event]]
at = "4 h"
answer = {host = "mta.a.example", verb = "RCPT", reply = "550 5.7.1 No"}
[[event]]
at = "4 h"
compose = {device = "laptop", to = ["citra@b.example"], subject = "Tidak"}
[[event]]
at = "5 h"
poll = {device = "laptop"}
[[event]]
at = "7 h"
remove = {device = "phone", letter = 1}
[[event]]
at = "8 h"
read = {device = "laptop", letter = 1}
[[event]]
at = "9 h"
mode = {device = "phone", to = "delete"}
[run]
until = "3 d"
)";

world::Scenario troubles() {
  world::ScenarioResult result = world::parse_scenario(
      kTroubles, "troubles.toml", [](const std::string&) -> Result<Bytes> { return Error{}; });
  for (const Error& error : result.errors()) UNSCOPED_INFO(error.text());
  REQUIRE(result.ok());
  return std::move(*result);
}

world::Scenario scenario(const std::string& name) {
  return name == "troubles" ? troubles() : test::shipped_lesson(name);
}

// ---- Asking for what there is to see ---------------------------------------------------------

const Letter& letter_called(const WorldView& view, const std::string& name) {
  for (const auto& [id, letter] : view.letters) {
    if (letter_name(letter->number) == name) return *letter;
  }
  FAIL("there is no letter " << name);
  return *view.letters.begin()->value;
}

std::size_t copies_standing(const WorldView& view, const Letter& letter, Place place,
                            Standing standing) {
  const auto copies = copies_of(view, letter.id);
  return static_cast<std::size_t>(
      std::count_if(copies.begin(), copies.end(), [&](const NamedCopy& named) {
        return named.copy.place == place && named.copy.standing == standing;
      }));
}

// The views after each event of one kind.
template <class Payload>
std::vector<WorldView> views_after(const Journal& journal) {
  std::vector<WorldView> views;
  WorldView view;
  for (const Event& event : journal) {
    advance(view, event);
    if (payload_if<Payload>(event) != nullptr) views.push_back(view);
  }
  return views;
}

}  // namespace

TEST_CASE("After each step of a run the view is what the machines hold", "[journal][lessons]") {
  for (const char* name :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in", "troubles"}) {
    INFO(name);
    world::World world(scenario(name));
    WorldView view;
    const auto catch_up = [&] {
      while (view.events < world.journal().size()) {
        advance(view, world.journal()[EventPosition{view.events}]);
      }
    };
    while (world.step()) {
      catch_up();
      check_machines(world, view);
    }
    CHECK(view.connections.empty());
    CHECK(view.datagrams.empty());
    CHECK(describe(view_at_end(world.journal())) == describe(view));
  }
}

TEST_CASE("In every lesson each position has the same view by checkpoint as by folding",
          "[journal][lessons][timeline]") {
  for (const char* name :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in", "troubles"}) {
    INFO(name);
    world::World world(scenario(name));
    world.run();
    Timeline timeline(world.journal());
    WorldView folded;
    for (const Event& event : world.journal()) {
      advance(folded, event);
      if (event.position.value() % 4 == 0) {
        REQUIRE(describe(timeline.view_at(event.position)) == describe(folded));
      }
    }
    const EventPosition middle{world.journal().size() / 2};
    const std::string text = describe(timeline.view_at(middle));
    timeline.view_at(EventPosition{3});
    CHECK(describe(timeline.view_at(middle)) == text);
  }
}

TEST_CASE("The whole journey leaves one letter in three places", "[journal][lessons]") {
  world::World world(test::shipped_lesson("whole-journey"));
  world.run();
  const WorldView view = view_at_end(world.journal());
  REQUIRE(view.letters.size() == 1);
  const Letter& letter = letter_called(view, "A");
  CHECK(copies_standing(view, letter, Place::Outbox, Standing::Gone) == 1);
  CHECK(copies_standing(view, letter, Place::Queue, Standing::Gone) == 1);
  CHECK(copies_standing(view, letter, Place::Sent, Standing::Here) == 1);
  CHECK(copies_standing(view, letter, Place::Maildrop, Standing::Here) == 1);
  CHECK(copies_standing(view, letter, Place::Device, Standing::Here) == 1);
  CHECK(view.copies.size() == 5);
}

TEST_CASE(
    "Delete mode: a line that is cut before QUIT takes the marks back, QUIT takes the letters",
    "[journal][lessons][pop3]") {
  world::World world(test::shipped_lesson("delete-mode"));
  world.run();
  const auto marked = views_after<LetterMarked>(world.journal());
  const auto unlocked = views_after<MaildropUnlocked>(world.journal());
  REQUIRE(marked.size() >= 5);
  REQUIRE(unlocked.size() == 2);
  for (const char* name : {"A", "B", "C"}) {
    INFO(name);
    const auto maildrop_copies = [&](const WorldView& view, Standing standing) {
      return copies_standing(view, letter_called(view, name), Place::Maildrop, standing);
    };
    CHECK(maildrop_copies(unlocked[0], Standing::Here) == 1);
    CHECK(maildrop_copies(unlocked[1], Standing::Gone) == 1);
    CHECK(maildrop_copies(marked.back(), Standing::Marked) == 1);
    // Fetched once, although the device asked twice.
    CHECK(copies_standing(unlocked[1], letter_called(unlocked[1], name), Place::Device,
                          Standing::Here) == 1);
  }
  CHECK(unlocked[1].find_machine("mx.kantor.example")->maildrops.begin()->value->used_bytes == 0);
  CHECK(view_at_end(world.journal()).letters.size() == 3);
}

TEST_CASE("Keep mode: each device has its own copy and its own read mark, and the server keeps all",
          "[journal][lessons][pop3]") {
  world::World world(test::shipped_lesson("keep-mode"));
  world.run();
  const WorldView view = view_at_end(world.journal());
  REQUIRE(view.letters.size() == 3);
  for (const char* name : {"A", "B", "C"}) {
    INFO(name);
    const Letter& letter = letter_called(view, name);
    CHECK(copies_standing(view, letter, Place::Maildrop, Standing::Here) == 1);
    CHECK(copies_standing(view, letter, Place::Device, Standing::Here) == 2);
  }
  const auto read_letters = [&](const char* device) {
    std::size_t read = 0;
    for (const auto& [id, letter] : view.find_machine(device)->letters) read += letter.read ? 1 : 0;
    return read;
  };
  CHECK(read_letters("hp-budi") == 1);
  CHECK(read_letters("laptop-budi") == 0);
}

TEST_CASE("A bounced letter has its notice, which the sender fetches",
          "[journal][lessons][bounce]") {
  world::World world(troubles());
  world.run();
  const WorldView view = view_at_end(world.journal());
  const Letter& bounced = letter_called(view, "A");
  CHECK(copies_standing(view, bounced, Place::Queue, Standing::Bounced) == 1);
  CHECK(copies_standing(view, bounced, Place::Maildrop, Standing::Gone) +
            copies_standing(view, bounced, Place::Maildrop, Standing::Here) ==
        3);
  std::size_t notices = 0;
  for (const auto& [id, letter] : view.letters) {
    if (letter->origin != Origin::Notice) continue;
    ++notices;
    CHECK(letter->about != kNoLetter);
    CHECK(letter->sender.empty());
    if (letter->about == bounced.id) {
      CHECK(copies_standing(view, *letter, Place::Queue, Standing::Gone) == 1);
      CHECK(copies_standing(view, *letter, Place::Maildrop, Standing::Gone) == 1);
      CHECK(copies_standing(view, *letter, Place::Device, Standing::Here) == 1);
    }
  }
  CHECK(notices >= 1);
  CHECK(view.find_machine("laptop")->outbox.size() == 1);  // the refused one
}
