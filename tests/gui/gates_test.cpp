// What a lesson asks in the window, and how a class goes on.
#include "gui/gates.hpp"

#include <string>

#include "tests/gui/headless_app.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

// Steps on until something is asked.
OpenGate step_to_gate(test::HeadlessApp& window) {
  for (int i = 0; i < 2'000 && !window.app().gate(); ++i) window.press("space");
  REQUIRE(window.app().gate().has_value());
  return *window.app().gate();
}

EventPosition position_of(test::HeadlessApp& window) {
  return window.app().playback()->position();
}

}  // namespace

TEST_CASE("a step stops right before what is asked about, and the next one goes on",
          "[gui][gate]") {
  test::HeadlessApp window;
  window.open("delete-mode");
  window.press("m");
  const OpenGate open = step_to_gate(window);
  CHECK(open.index == 0);
  CHECK_FALSE(open.is_answered());
  const Document& document = *window.app().document();
  const EventPosition here = position_of(window);
  CHECK(document.index().told().next(here) == document.gates().moment(0));
  window.press("space");
  CHECK(position_of(window) == document.gates().moment(0));
  CHECK_FALSE(window.app().gate().has_value());
  // Going back and forward again does not stop anybody.
  window.press("left left");
  window.press("shift+right shift+right");
  CHECK(position_of(window) > here);
}

TEST_CASE("no stride leaps over a gate that nobody has met, and playing ends there",
          "[gui][gate]") {
  for (const char* keys : {"shift+right", "ctrl+right"}) {
    INFO(keys);
    test::HeadlessApp window;
    window.open("delete-mode");
    window.press("m");
    for (int i = 0; i < 500 && !window.app().gate(); ++i) window.press(keys);
    REQUIRE(window.app().gate().has_value());
    CHECK(window.app().gate()->index == 0);
  }
  test::HeadlessApp window;
  window.open("delete-mode");
  window.press("m p");
  for (int i = 0; i < 2'000 && window.app().playback()->is_playing(); ++i) window.frame(1);
  REQUIRE(window.app().gate().has_value());
  CHECK(window.app().gate()->index == 0);
  // Playing goes on to the next one, and to the end.
  window.press("p");
  for (int i = 0; i < 2'000 && window.app().playback()->is_playing(); ++i) window.frame(1);
  REQUIRE(window.app().gate().has_value());
  CHECK(window.app().gate()->index == 1);
  window.press("p");
  for (int i = 0; i < 2'000 && window.app().playback()->is_playing(); ++i) window.frame(1);
  CHECK(position_of(window) == window.app().document()->index().told().all().back());
}

TEST_CASE("a digit answers, once, and is remembered while the lesson is open", "[gui][gate]") {
  test::HeadlessApp window;
  window.open("delete-mode");
  window.press("m");
  CHECK(step_to_gate(window).gate->answers.size() == 3);
  const EventPosition here = position_of(window);
  window.press("9");      // there are not so many
  window.press("? 1 ?");  // nobody sees the question behind the page of keys
  CHECK_FALSE(window.app().gate()->is_answered());
  window.press("1");
  CHECK(window.app().gate()->chosen == 0);
  window.press("3");
  CHECK(window.app().gate()->chosen == 0);
  CHECK(position_of(window) == here);
  window.press("space left");
  CHECK(window.app().gate()->chosen == 0);
  window.open("delete-mode");
  CHECK_FALSE(step_to_gate(window).is_answered());
}

TEST_CASE("the question opens the lesson's card, and is drawn in both modes and languages",
          "[gui][gate]") {
  for (const char* id :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
    INFO(id);
    test::HeadlessApp window(1'024, 640);
    window.open(id);
    window.app().ask(intent::FoldPanel{"lesson", Folded::Yes});
    window.press("m");
    step_to_gate(window);
    CHECK(panel_setting(window.app().settings(), "lesson").folded == Folded::No);
    window.press("l . l");
    window.press("1 l");
    window.press(". l");
  }
}

TEST_CASE("where somebody has changed the run, nothing is asked", "[gui][gate]") {
  test::HeadlessApp window;
  window.open("delete-mode");
  window.press("m");
  step_to_gate(window);
  window.press("w enter");
  REQUIRE(window.app().runs().size() == 2);
  CHECK_FALSE(window.app().gate().has_value());
  for (int i = 0; i < 100; ++i) {
    window.press("space");
    CHECK_FALSE(window.app().gate().has_value());
  }
  window.press("b");
  CHECK(window.app().shown_run() == 0);
}
