// Where a person comes to stand: by keys, by dragging, from branch to branch; and what a key says
// that can do nothing.
#include <string>

#include "gui/panels/lesson_card.hpp"
#include "tests/gui/window_at_dele.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::gui {
namespace {

const ToldEvents& told_in(const App& app) {
  return app.document()->index().telling(app.sight()).told();
}

bool stands_where_steps_stop(const App& app) {
  const EventPosition here = app.playback()->position();
  return told_in(app).at_or_before(here) == here || here == app.document()->index().start();
}

// The next place of which no row tells.
EventPosition octets_after(const App& app, EventPosition from) {
  const journal::Journal& journal = app.document()->journal();
  for (std::uint64_t at = from.value() + 1; at < journal.size(); ++at) {
    if (journal::payload_if<journal::BytesSent>(journal[EventPosition{at}]) != nullptr) {
      return EventPosition{at};
    }
  }
  FAIL("no octets are sent any more");
  return kNoEvent;
}

}  // namespace

TEST_CASE("who drags over the run comes to stand where steps stop", "[gui][app]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  const EventPosition octets = octets_after(app, headless.dele());
  app.ask(intent::JumpTo{octets});
  headless.settle();
  CHECK(app.playback()->position() < octets);
  CHECK(stands_where_steps_stop(app));
  app.ask(intent::JumpTo{EventPosition{0}});
  headless.settle();
  CHECK(app.playback()->position() == app.document()->index().start());
}

TEST_CASE("where a command arrives is a place to go to", "[gui][app]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  const RunRows& rows = app.document()->index().telling(app.sight()).rows();
  const EventPosition arrived = rows[rows.row_of(headless.dele())].arrived;
  REQUIRE(arrived > headless.dele());
  app.ask(intent::JumpTo{arrived});
  headless.settle();
  CHECK(app.playback()->position() == arrived);
}

TEST_CASE("the end is where the last step ends, and the start where the first begins",
          "[gui][app]") {
  for (const char* lesson : {"whole-journey", "delete-mode", "keep-mode"}) {
    INFO(lesson);
    test::HeadlessApp headless;
    App& app = headless.app();
    headless.open(lesson);
    headless.press("end");
    CHECK(app.playback()->position() == told_in(app).all().back());
    headless.press("home");
    CHECK(app.playback()->position() == app.document()->index().start());
  }
}

TEST_CASE("from branch to branch a class comes to stand where steps stop", "[gui][app]") {
  test::WindowAtDele headless;
  App& app = headless.app();
  headless.cut_line();
  headless.press("end b");
  CHECK(app.shown_run() == 0);
  CHECK(stands_where_steps_stop(app));
  CHECK(app.playback()->position() <= app.runs()[1].origin->parts);
}

TEST_CASE("a key that can do nothing says why, in both languages", "[gui][app][keys]") {
  struct Case {
    const char* keys;
    const char* why;  // key of a text
  };
  for (const Case& it : {Case{"home left", "note.at_start"}, Case{"end space", "note.at_end"},
                         Case{"end pagedown", "note.at_end"}, Case{"end p", "note.at_end"},
                         Case{"b", "note.no_branch"}, Case{"a", "note.not_live"},
                         Case{"home ctrl+c", "note.nothing_to_copy"}}) {
    INFO(it.keys);
    test::HeadlessApp headless;
    headless.open("whole-journey");
    for (const char* language : {"", " l "}) {
      headless.press(language + std::string(it.keys));
      headless.frame();  // what is copied, the transcript knows when it is drawn
      CHECK(headless.app().note() == headless.app().language().text(it.why));
    }
  }
  test::HeadlessApp headless;
  headless.open("whole-journey");
  headless.press("end left ctrl+right");
  const std::string& note = headless.app().note();
  CHECK((note.empty() || note == headless.app().language().text("note.no_more_of_these")));
}

TEST_CASE(
    "in a branch the lesson's card tells that the run was changed, and not the lesson's story",
    "[gui][lesson]") {
  test::WindowAtDele headless;
  const App& app = headless.app();
  const DocumentText& text = app.document()->text();
  const std::string story = lesson_story(text, "", app.language());
  const std::string summary(app.language().pick(text.summary));
  REQUIRE(summary.size() > 20);
  CHECK(story.substr(0, 20) == summary.substr(0, 20));
  const std::string changed = lesson_story(text, "line cut after DELE 1", app.language());
  CHECK_THAT(changed, ContainsSubstring("line cut after DELE 1"));
  CHECK(changed.find(story.substr(0, 20)) == std::string::npos);
}

}  // namespace mailwalk::gui
