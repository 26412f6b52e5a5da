// Forks made in the window: what the menu offers, and the branches.
#include "gui/what_if.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gui/documents.hpp"
#include "tests/gui/window_at_dele.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

template <class Payload>
EventPosition position_of(const journal::Journal& journal, int nth) {
  for (const journal::Event& event : journal) {
    if (journal::payload_if<Payload>(event) != nullptr && --nth == 0) return event.position;
  }
  FAIL("there is no such event");
  return kNoEvent;
}

const world::PossibleChange& choice_of(const WhatIf& menu, world::ChangeKind kind) {
  for (std::size_t i = 0; i < menu.count(); ++i) {
    if (menu.choice(i).possible.kind == kind) return menu.choice(i).possible;
  }
  FAIL("the menu does not offer that");
  return menu.choice(0).possible;
}

// What who knows all is offered, of the event itself.
WhatIf what_if_at(const App& app, EventPosition position) {
  return make_what_if(*app.document(), position, {}, exporting::Sight::Insider, app.language());
}

bool offers(const WhatIf& menu, const std::string& label) {
  for (std::size_t i = 0; i < menu.count(); ++i) {
    if (menu.choice(i).label == label) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("at a DELE the menu offers what POP3 allows there, and nothing else", "[gui][what_if]") {
  test::WindowAtDele headless;
  const WhatIf menu = what_if_at(headless.app(), headless.dele());
  CHECK(menu.position == headless.dele());
  CHECK(offers(menu, "RSET"));
  CHECK(offers(menu, "NOOP"));
  CHECK_FALSE(offers(menu, "DELE 1"));  // that is what is sent anyway
  CHECK_FALSE(offers(menu, "USER nobody"));
  CHECK_FALSE(offers(menu, "550 5.1.1 No such user here"));
  choice_of(menu, world::ChangeKind::CutLine);
  choice_of(menu, world::ChangeKind::ChooseMode);
}

TEST_CASE("nobody is offered to cut a line that is cut", "[gui][what_if]") {
  test::WindowAtDele headless;
  const App& app = headless.app();
  const ConnectionId connection = app.document()->journal()[headless.dele()].connection;
  headless.cut_line();
  const journal::Journal& journal = app.document()->journal();
  int looked_at = 0;
  for (std::uint64_t at = headless.dele().value() + 1; at < journal.size(); ++at) {
    const EventPosition position{at};
    if (journal[position].connection != connection || position <= app.runs()[1].origin->parts) {
      continue;
    }
    ++looked_at;
    const WhatIf menu = what_if_at(app, position);
    for (std::size_t i = 0; i < menu.count(); ++i) {
      CHECK(menu.choice(i).possible.kind != world::ChangeKind::CutLine);
    }
  }
  CHECK(looked_at > 2);
}

TEST_CASE("who reads along is offered nothing in the place of what was said under TLS",
          "[gui][what_if]") {
  using exporting::Sight;
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("reading-along");
  const Document& document = *app.document();
  const Telling& eavesdropper = document.index().telling(Sight::Eavesdropper);
  const auto commands = [&](EventPosition position, Sight sight) {
    const WhatIf menu = make_what_if(document, position, {}, sight, app.language());
    std::vector<std::string> titles;
    for (const WhatIfRow& row : menu.rows) {
      if (row.own == OwnWords::Command) titles.push_back(row.title);
      // Which answers would do tells what was asked.
      if (row.own == OwnWords::Answer && sight == Sight::Eavesdropper) {
        CHECK_FALSE(eavesdropper.hides(position));
      }
    }
    return titles;
  };
  std::size_t in_the_clear = 0, hidden = 0;
  for (const journal::Event& event : document.journal()) {
    const auto* sent = journal::payload_if<journal::CommandSent>(event);
    if (sent == nullptr || sent->line != Bytes("PASS kopi-tubruk")) continue;
    const std::vector<std::string> all = commands(event.position, Sight::Insider);
    CHECK(all == std::vector<std::string>{"… the client, about to send PASS kopi-tubruk, sent"});
    const bool is_hidden = eavesdropper.hides(event.position);
    ++(is_hidden ? hidden : in_the_clear);
    CHECK(commands(event.position, Sight::Eavesdropper) ==
          (is_hidden ? std::vector<std::string>{} : all));
  }
  CHECK(in_the_clear == 1);
  CHECK(hidden == 1);
}

TEST_CASE("before anything is said nobody can cut a line or answer", "[gui][what_if]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  const WhatIf menu = what_if_at(app, app.document()->index().start());
  for (std::size_t i = 0; i < menu.count(); ++i) {
    CHECK(menu.choice(i).possible.kind != world::ChangeKind::CutLine);
    CHECK(menu.choice(i).possible.kind != world::ChangeKind::Answer);
  }
}

TEST_CASE("own words are one line without control characters", "[gui][what_if]") {
  const world::Change change{kNoNode, kNoConnection, journal::AnswerReplaced{0, 0, Bytes("-ERR")}};
  const auto own = with_own_words(change, "-ERR not today");
  REQUIRE(own.has_value());
  CHECK(std::get<journal::AnswerReplaced>(own->what).line == Bytes("-ERR not today"));
  CHECK_FALSE(with_own_words(change, "").has_value());
  CHECK_FALSE(with_own_words(change, "+OK\r\nRSET").has_value());
}

TEST_CASE("a fork is named, both runs stay, and the place where they part is kept",
          "[gui][what_if]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  const EventPosition dele = headless.dele();
  headless.press("w");
  REQUIRE(app.offers().is_open());
  headless.press("enter");  // the first choice: the line is cut
  headless.settle();
  REQUIRE(app.runs().size() == 2);
  CHECK(app.shown_run() == 1);
  CHECK(app.runs()[1].name.english == "line cut after DELE 1");
  CHECK_THAT(app.note(), ContainsSubstring("line cut after DELE 1"));
  CHECK(app.playback()->position() == dele);
  headless.press("end");
  const EventPosition end = app.playback()->position();
  headless.press("b");
  CHECK(app.shown_run() == 0);
  CHECK(app.playback()->position() <= app.runs()[1].origin->parts);
  CHECK(app.playback()->position() >= dele);
  CHECK(end > dele);
  headless.press("l");
  CHECK(app.language().pick(app.runs()[1].name) == "sambungan putus setelah DELE 1");
}

TEST_CASE("every choice that the menu offers at any command makes a branch or is told",
          "[gui][what_if]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("whole-journey");
  const journal::Journal& journal = app.document()->journal();
  int branches = 0;
  int commands = 0;
  for (const journal::Event& event : journal) {
    if (journal::payload_if<journal::CommandSent>(event) == nullptr || ++commands % 9 != 1)
      continue;
    const WhatIf menu = what_if_at(app, event.position);
    for (std::size_t i = 0; i < menu.count(); ++i) {
      INFO("event " << event.position.value() << ": " << menu.choice(i).label);
      ForkWork work(app.runs(), 0, menu.position, menu.choice(i).possible.change);
      while (!work.advance(TimeSlice())) CHECK(work.progress() < 1);
      const Result<OpenRun> branch = work.take();
      if (!branch) {
        CHECK_FALSE(branch.error().what.empty());
        continue;
      }
      ++branches;
      CHECK(branch->origin->parts < EventPosition{journal.size()});
    }
  }
  CHECK(branches > 20);
}

TEST_CASE("behind the menu keys do nothing, and it forks the run that it was opened for",
          "[gui][what_if]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  headless.cut_line();  // a shorter run
  REQUIRE(app.runs().size() == 2);
  headless.press("b end w");
  REQUIRE(app.offers().is_open());
  REQUIRE(app.shown_run() == 0);
  const EventPosition end = app.playback()->position();
  headless.press("b d space home e 1 p g");
  CHECK(app.offers().is_open());
  CHECK(app.shown_run() == 0);
  CHECK(app.side_by_side() == nullptr);
  CHECK(app.sight() == exporting::Sight::Insider);
  CHECK(app.playback()->position() == end);
  headless.press("enter");
  headless.settle();
  REQUIRE(app.runs().size() == 3);
  CHECK(app.runs()[2].origin->parent == 0);
  CHECK(app.runs()[2].origin->parts >= end);
}

TEST_CASE("the menu changes its language where it stands, and no note stays in the other one",
          "[gui][what_if]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  headless.press("w down down");
  app.tell("a note in English");
  const std::size_t highlighted = app.offers().highlighted();
  const WhatIf english = app.offers().offers().what_if;
  headless.press("l");
  REQUIRE(app.offers().is_open());
  const WhatIf& indonesian = app.offers().offers().what_if;
  CHECK(app.offers().highlighted() == highlighted);
  CHECK(app.note().empty());
  REQUIRE(indonesian.count() == english.count());
  CHECK(indonesian.position == english.position);
  CHECK(indonesian.rows.front().title != english.rows.front().title);
  CHECK(app.offers().offers().open.front().label == app.language().text("open.event"));
  CHECK(offers(indonesian, "sambungan putus"));
}

TEST_CASE("branches are not closed by a single key", "[gui][what_if]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  headless.cut_line();
  headless.press("g");
  CHECK(app.live() == nullptr);
  CHECK(app.runs().size() == 2);
  CHECK(app.note() == app.language().format("note.sure_serve", 1));
}

TEST_CASE("every choice of the menu can be seen on a projector", "[gui][what_if]") {
  test::WindowAtDele headless(1'280, 720);
  App& app = headless.app();
  app.set_mode(Mode::Present);
  headless.press("w");
  const auto is_in_sight = [&] {
    headless.frame();
    const Rect& place = app.offers().highlighted_place();
    return place.y >= 0 && place.bottom() <= 720;
  };
  CHECK(is_in_sight());
  const Offers& all = app.offers().offers();
  REQUIRE(app.offers().highlighted() == all.open.size());
  for (std::size_t i = all.open.size() + 1; i < all.count(); ++i) {
    headless.press("right");
    REQUIRE(app.offers().highlighted() == i);
    CHECK(is_in_sight());
  }
  for (int i = 0; i < 10; ++i) headless.press("up");
  CHECK(app.offers().highlighted() == 0);  // what is opened stands above
  CHECK(is_in_sight());
}

TEST_CASE("a fork behind the end of a run is an error and no branch", "[gui][what_if]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  const EventPosition behind{app.document()->journal().size()};
  app.ask(intent::MakeFork{0, behind, {kNoNode, kNoConnection, journal::LineCut{}}});
  headless.settle();
  CHECK(app.runs().size() == 1);
  CHECK_THAT(app.note(), ContainsSubstring("there is no event"));
}

TEST_CASE("Escape stops a fork that is being made", "[gui][what_if]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("keep-mode");
  app.show_position(position_of<journal::LetterRetrieved>(app.document()->journal(), 1));
  headless.press("w");
  app.press({Key::Enter, 0, 0});
  app.press({Key::Escape, 0, 0});
  headless.settle();
  CHECK(app.runs().size() == 1);
}

TEST_CASE("a run that is saved opens again, forks as before, and overwrites nothing",
          "[gui][documents]") {
  const test::TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  {
    test::HeadlessApp headless;
    App& app = headless.app();
    headless.open("delete-mode");
    const std::string fingerprint = app.document()->journal().fingerprint();
    headless.press("ctrl+s ctrl+s");
    CHECK(std::filesystem::exists("delete-mode.mailwalk"));
    CHECK(std::filesystem::exists("delete-mode-2.mailwalk"));
    CHECK_THAT(app.note(), ContainsSubstring("delete-mode-2.mailwalk"));
    REQUIRE(app.open("delete-mode-2.mailwalk").ok());
    CHECK(app.document()->journal().fingerprint() == fingerprint);
    app.show_position(test::first_dele(app.document()->journal()));
    headless.press("w enter");
    headless.settle();
    CHECK(app.runs().size() == 2);

    std::ofstream("broken.mailwalk") << "no recording at all";
    const Document* shown = app.document();
    app.ask(intent::OpenFile{"broken.mailwalk"});
    headless.settle();
    CHECK(app.note() == app.language().format("note.sure_close", 1));
    app.ask(intent::OpenFile{"broken.mailwalk"});
    headless.settle();
    CHECK(app.document() == shown);
    CHECK_THAT(app.note(), ContainsSubstring("cannot be read"));
    CHECK_THAT(app.note(), ContainsSubstring("broken.mailwalk"));
  }
  std::filesystem::current_path(before);
}
