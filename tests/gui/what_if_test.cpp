// Forks made in the window: the menu, the branches, and two runs side by side.
#include "gui/what_if.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gui/documents.hpp"
#include "tests/gui/headless_app.hpp"
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

// Where the client sends its first DELE.
EventPosition first_dele(const journal::Journal& journal) {
  for (const journal::Event& event : journal) {
    const auto* sent = journal::payload_if<journal::CommandSent>(event);
    if (sent != nullptr && sent->verb == journal::Verb(pop3::Verb::Dele)) return event.position;
  }
  FAIL("there is no DELE");
  return kNoEvent;
}

// Lets the window go on until nothing moves any more.
void settle(test::HeadlessApp& headless) {
  headless.frame(1);
  for (int i = 0; i < 10'000 && headless.app().is_moving(); ++i) headless.frame(1);
  CHECK_FALSE(headless.app().is_moving());
}

const world::PossibleChange& choice_of(const WhatIf& menu, world::ChangeKind kind) {
  for (std::size_t i = 0; i < menu.count(); ++i) {
    if (menu.choice(i).possible.kind == kind) return menu.choice(i).possible;
  }
  FAIL("the menu does not offer that");
  return menu.choice(0).possible;
}

bool offers(const WhatIf& menu, const std::string& label) {
  for (std::size_t i = 0; i < menu.count(); ++i) {
    if (menu.choice(i).label == label) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("at a DELE the menu offers what POP3 allows there, and nothing else", "[gui][what_if]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  const EventPosition dele = first_dele(app.document()->journal());
  const WhatIf menu = make_what_if(*app.document(), dele, {}, app.language());
  CHECK(menu.position == dele);
  CHECK(offers(menu, "RSET"));
  CHECK(offers(menu, "NOOP"));
  CHECK_FALSE(offers(menu, "DELE 1"));  // that is what is sent anyway
  CHECK_FALSE(offers(menu, "USER nobody"));
  CHECK_FALSE(offers(menu, "550 5.1.1 No such user here"));
  choice_of(menu, world::ChangeKind::CutLine);
  choice_of(menu, world::ChangeKind::ChooseMode);
}

TEST_CASE("the menu repeats no words that were said under TLS to who reads along",
          "[gui][what_if]") {
  using exporting::Sight;
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("reading-along");
  const Document& document = *app.document();
  const Telling& insider = document.index().telling(Sight::Insider);
  const Telling& eavesdropper = document.index().telling(Sight::Eavesdropper);
  std::size_t in_the_clear = 0, hidden = 0;
  for (const journal::Event& event : document.journal()) {
    const auto* sent = journal::payload_if<journal::CommandSent>(event);
    if (sent == nullptr || sent->line != Bytes("PASS kopi-tubruk")) continue;
    const WhatIf menu = make_what_if(document, event.position, {}, app.language());
    for (const WhatIfRow& row : menu.rows) {
      if (row.own != OwnWords::Command) continue;
      CHECK(title_for(row, insider) == "… the client sent, instead of PASS kopi-tubruk");
      if (!eavesdropper.hides(event.position)) {
        CHECK(title_for(row, eavesdropper) == title_for(row, insider));
        ++in_the_clear;
      } else {
        CHECK(title_for(row, eavesdropper) == app.language().text("what_if.type_hidden"));
        ++hidden;
      }
    }
  }
  CHECK(in_the_clear == 1);
  CHECK(hidden == 1);
}

TEST_CASE("before anything is said nobody can cut a line or answer", "[gui][what_if]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  const WhatIf menu =
      make_what_if(*app.document(), app.document()->index().start(), {}, app.language());
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
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  const EventPosition dele = first_dele(app.document()->journal());
  app.show_position(dele);
  headless.press("w");
  REQUIRE(app.what_if().is_open());
  headless.press("enter");  // the first choice: the line is cut
  settle(headless);
  REQUIRE(app.runs().size() == 2);
  CHECK(app.shown_run() == 1);
  CHECK(app.runs()[1].name.english == "line cut after DELE");
  CHECK_THAT(app.note(), ContainsSubstring("line cut after DELE"));
  CHECK(app.playback()->position() == dele);
  headless.press("end");
  const EventPosition end = app.playback()->position();
  headless.press("b");
  CHECK(app.shown_run() == 0);
  CHECK(app.playback()->position() == app.runs()[1].origin->parts);
  CHECK(app.playback()->position() >= dele);
  CHECK(end > dele);
  headless.press("l");
  CHECK(app.language().pick(app.runs()[1].name) == "sambungan putus setelah DELE");
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
    const WhatIf menu = make_what_if(*app.document(), event.position, {}, app.language());
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

TEST_CASE("the menu forks the run that it was opened for, and closes when another one is shown",
          "[gui][what_if]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  app.show_position(first_dele(app.document()->journal()));
  headless.press("w enter");  // the line is cut: a shorter run
  settle(headless);
  REQUIRE(app.runs().size() == 2);
  headless.press("b end w");
  REQUIRE(app.what_if().is_open());
  REQUIRE(app.shown_run() == 0);

  SECTION("by another branch") {
    headless.press("b");
    CHECK_FALSE(app.what_if().is_open());
    headless.press("enter");
    CHECK(app.runs().size() == 2);
  }
  SECTION("by two runs side by side") {
    headless.press("d");
    CHECK_FALSE(app.what_if().is_open());
    CHECK(app.side_by_side() != nullptr);
  }
  SECTION("and Enter within the same frame means that run still") {
    const EventPosition end = app.playback()->position();
    app.press({Key::Character, U'b', 0});
    app.press({Key::Enter, 0, 0});
    settle(headless);
    REQUIRE(app.runs().size() == 3);
    CHECK(app.runs()[2].origin->parent == 0);
    CHECK(app.runs()[2].origin->parts == end);
  }
}

TEST_CASE("the menu changes its language where it stands, and no note stays in the other one",
          "[gui][what_if]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  app.show_position(first_dele(app.document()->journal()));
  headless.press("w down down");
  app.tell("a note in English");
  const std::size_t highlighted = app.what_if().highlighted();
  const WhatIf english = app.what_if().choices();
  headless.press("l");
  REQUIRE(app.what_if().is_open());
  const WhatIf& indonesian = app.what_if().choices();
  CHECK(app.what_if().highlighted() == highlighted);
  CHECK(app.note().empty());
  REQUIRE(indonesian.count() == english.count());
  CHECK(indonesian.position == english.position);
  CHECK(indonesian.rows.front().title != english.rows.front().title);
  CHECK(offers(indonesian, "sambungan putus"));
}

TEST_CASE("branches are not closed by a single key", "[gui][what_if]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  app.show_position(first_dele(app.document()->journal()));
  headless.press("w enter");
  settle(headless);
  headless.press("g");
  CHECK(app.live() == nullptr);
  CHECK(app.runs().size() == 2);
  CHECK(app.note() == app.language().format("note.sure_serve", 1));
}

TEST_CASE("every choice of the menu can be seen on a projector", "[gui][what_if]") {
  test::HeadlessApp headless(1'280, 720);
  App& app = headless.app();
  headless.open("delete-mode");
  app.set_mode(Mode::Present);
  app.show_position(first_dele(app.document()->journal()));
  headless.press("w");
  const auto is_in_sight = [&] {
    headless.frame();
    const Rect& place = app.what_if().highlighted_place();
    return place.y >= 0 && place.bottom() <= 720;
  };
  CHECK(is_in_sight());
  const std::size_t last = app.what_if().choices().count() - 1;
  for (std::size_t i = 1; i <= last; ++i) {
    headless.press("right");
    REQUIRE(app.what_if().highlighted() == i);
    CHECK(is_in_sight());
  }
  for (int i = 0; i < 10; ++i) headless.press("up");
  CHECK(app.what_if().highlighted() == 0);
  CHECK(is_in_sight());
}

TEST_CASE("a fork behind the end of a run is an error and no branch", "[gui][what_if]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  const EventPosition behind{app.document()->journal().size()};
  app.ask(intent::MakeFork{0, behind, {kNoNode, kNoConnection, journal::LineCut{}}});
  settle(headless);
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
  settle(headless);
  CHECK(app.runs().size() == 1);
}

TEST_CASE("delete and keep stand side by side, and what differs is marked", "[gui][side_by_side]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  headless.press("c");
  settle(headless);
  REQUIRE(app.side_by_side() != nullptr);
  const SideBySide& sides = *app.side_by_side();
  CHECK(sides.at() == sides.start());
  CHECK(sides.differences().copies.empty());
  headless.press("end");
  CHECK(sides.left().stage.unlike().size() + sides.right().stage.unlike().size() > 0);
  const auto differs = [](const SummaryRow& row) { return row.differs; };
  CHECK(std::any_of(sides.summary().begin(), sides.summary().end(), differs));
  headless.press("home");
  CHECK(std::none_of(sides.summary().begin(), sides.summary().end(), differs));
  std::uint64_t at = sides.at();
  for (int i = 0; i < 40; ++i) {
    headless.press("space");
    CHECK(sides.at() > at);
    at = sides.at();
  }
  headless.press("left");
  CHECK(sides.at() < at);
  headless.press("escape");
  CHECK(app.side_by_side() == nullptr);
}

TEST_CASE("every step of two runs can be gone to, those of the right one alone as well",
          "[gui][side_by_side]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  headless.press("d");
  settle(headless);
  REQUIRE(app.side_by_side() != nullptr);
  const SideBySide& sides = *app.side_by_side();
  for (std::uint64_t step = sides.start(); step <= sides.size(); ++step) {
    app.ask(intent::JumpToStep{step});
    app.pass(0);
    CHECK(sides.at() == step);
  }
}

TEST_CASE("side by side, what is the same in both runs does not stand there twice",
          "[gui][side_by_side]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  headless.press("d");
  REQUIRE(app.side_by_side() != nullptr);
  const StagePlan& plan = app.side_by_side()->left().stage.scene().plan;
  REQUIRE(plan.columns.size() == 2);
  CHECK(plan.columns[0].front().kind == CardKind::Mailbox);
  CHECK(plan.columns[1].front().kind == CardKind::Receiver);
  CHECK(plan.apart.empty());
  // Seen from the back: larger than what is around it in usual work, and no smaller presented.
  for (const char* keys : {"", "."}) {
    headless.press(keys);
    const FontSizes sizes = app.wanted_fonts(1'280, 720, 1);
    CHECK(sizes.stage_px >= sizes.panel_px);
  }
  CHECK(app.wanted_fonts(1'280, 720, 1).stage_px >= 28);
}

TEST_CASE("strides and speed are those of one run", "[gui][side_by_side]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  headless.press("d");
  settle(headless);
  REQUIRE(app.side_by_side() != nullptr);
  const SideBySide& sides = *app.side_by_side();
  const auto event_on = [](const OneSide& side) -> const journal::Event& {
    return side.run.document->journal()[side.playback.position()];
  };
  const auto has_reply = [&](const OneSide& side) {
    return journal::payload_if<journal::ReplySent>(event_on(side)) != nullptr;
  };
  std::vector<std::uint64_t> stops{sides.at()};
  for (headless.press("shift+right"); sides.at() != stops.back(); headless.press("shift+right")) {
    stops.push_back(sides.at());
    CHECK((has_reply(sides.left()) || has_reply(sides.right())));
  }
  CHECK(stops.size() > 30);
  // Back the same way.
  headless.press("end");
  for (std::size_t i = stops.size(); i-- > 0;) {
    if (stops[i] == sides.at()) continue;  // the last one may be the end
    headless.press("shift+left");
    CHECK(sides.at() == stops[i]);
  }
  headless.press("alt+right");
  CHECK(sides.at() == sides.start() + 1);
  app.ask(intent::SetSpeed{kNormalSpeed + 2});
  headless.frame();
  CHECK(sides.speed() == kNormalSpeed + 2);
}

TEST_CASE("keys change nothing behind two runs that stand side by side", "[gui][side_by_side]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  app.show_position(first_dele(app.document()->journal()));
  headless.press("w enter");
  settle(headless);
  headless.press("c");
  settle(headless);
  REQUIRE(app.side_by_side() != nullptr);
  const std::size_t shown = app.shown_run();
  const EventPosition position = app.playback()->position();
  headless.press(". b ctrl+f tab down pageup shift+pagedown ctrl+c w g ctrl+s space");
  CHECK(app.side_by_side() != nullptr);
  CHECK(app.mode() == Mode::Present);  // that is for the whole window
  CHECK(app.shown_run() == shown);
  CHECK(app.playback()->position() == position);
  CHECK_FALSE(app.what_if().is_open());
  CHECK(app.live() == nullptr);
}

TEST_CASE("a fork stands beside its parent where the two part", "[gui][side_by_side]") {
  test::HeadlessApp headless;
  App& app = headless.app();
  headless.open("delete-mode");
  const EventPosition dele = first_dele(app.document()->journal());
  app.show_position(dele);
  headless.press("w enter");
  settle(headless);
  headless.press("c");
  REQUIRE(app.side_by_side() != nullptr);
  CHECK(app.side_by_side()->left().playback.position() == dele);
  CHECK(app.side_by_side()->right().playback.position() == dele);
  CHECK(app.side_by_side()->left().run.name.english == "main");
  for (int i = 0; i < 20; ++i) headless.press("space");
  headless.press("p");
  settle(headless);
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
    app.show_position(first_dele(app.document()->journal()));
    headless.press("w enter");
    settle(headless);
    CHECK(app.runs().size() == 2);

    std::ofstream("broken.mailwalk") << "no recording at all";
    const Document* shown = app.document();
    app.ask(intent::OpenFile{"broken.mailwalk"});
    settle(headless);
    CHECK(app.note() == app.language().format("note.sure_close", 1));
    app.ask(intent::OpenFile{"broken.mailwalk"});
    settle(headless);
    CHECK(app.document() == shown);
    CHECK_THAT(app.note(), ContainsSubstring("cannot be opened"));
    CHECK_THAT(app.note(), ContainsSubstring("broken.mailwalk"));
  }
  std::filesystem::current_path(before);
}
