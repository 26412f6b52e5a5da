// What a lesson asks in the window, and how a class goes on.
#include "gui/gates.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/gui/headless_app.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

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

TEST_CASE("while a class looks on, a question and its answer have room below the stage, large",
          "[gui][gate]") {
  struct Screen {
    float width, height;
  };
  for (const Screen screen : {Screen{1'280, 720}, Screen{1'024, 768}}) {
    for (const char* id :
         {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
      for (std::size_t choice = 0; choice < 3; ++choice) {
        test::HeadlessApp window(screen.width, screen.height);
        App& app = window.app();
        window.open(id);
        window.press(choice == 0 ? "m ." : "m . l");
        const std::size_t gates = app.document()->gates().gates().size();
        REQUIRE(gates > 0);
        for (std::size_t gate = 0; gate < gates; ++gate) {
          INFO(id << ", gate " << gate << ", choice " << choice << ", " << screen.width);
          const auto moment = app.document()->gates().moment(gate);
          REQUIRE(moment.has_value());
          app.show_position(*app.document()->index().told().previous(*moment));
          window.frame();
          window.frame();
          REQUIRE(app.gate().has_value());
          CHECK(app.gate_has_room());
          CHECK(app.wanted_fonts(screen.width, screen.height, 1).panel_px >= 25);
          window.press(std::to_string(choice + 1));
          REQUIRE(app.gate()->is_answered());
          window.frame();
          CHECK(app.gate_has_room());
        }
      }
    }
  }
}

TEST_CASE("of two questions in one place the second comes when the first one's answer was read",
          "[gui][gate]") {
  std::ifstream lesson(std::string(MAILWALK_SOURCE_DIR) + "/lessons/delete-mode/lesson.toml");
  std::string text{std::istreambuf_iterator<char>(lesson), {}};
  const std::size_t begin = text.find("[[gate]]");
  const std::size_t end = text.find("\n\n", text.find("why = ", begin));
  REQUIRE(end != std::string::npos);
  text.insert(end, "\n\n" + text.substr(begin, end - begin));
  const test::TemporaryFolder folder;
  std::ofstream(folder / "twice.toml") << text;
  test::HeadlessApp window;
  App& app = window.app();
  REQUIRE(app.open(folder / "twice.toml").ok());
  window.press("m");
  CHECK(step_to_gate(window).index == 0);
  const EventPosition here = position_of(window);

  SECTION("where the first is answered, it stays until somebody goes on") {
    window.press("1");
    REQUIRE(app.gate()->index == 0);
    CHECK(app.gate()->chosen == 0);
    CHECK_FALSE(app.gate()->is_last);
    window.press("space");
    REQUIRE(app.gate().has_value());
    CHECK(app.gate()->index == 1);
    CHECK(app.gate()->is_last);
    CHECK_FALSE(app.gate()->is_answered());
    CHECK(position_of(window) == here);
    window.press("3 space");
    CHECK(position_of(window) > here);
    CHECK_FALSE(app.gate().has_value());
  }
  SECTION("where it is not, the step goes on past both") {
    window.press("space");
    CHECK(position_of(window) > here);
  }
}

TEST_CASE("a recording that is opened again asks what its lesson asks, in the same places",
          "[gui][gate]") {
  const test::TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  {
    test::HeadlessApp window;
    window.open("delete-mode");
    window.press("m ctrl+s");
    const OpenGate of_lesson = step_to_gate(window);
    const std::string question = of_lesson.gate->question.english;
    const EventPosition asked_at = position_of(window);
    window.press("1");

    REQUIRE(window.app().open("delete-mode.mailwalk").ok());
    window.press("l");
    const OpenGate of_recording = step_to_gate(window);
    CHECK(position_of(window) == asked_at);
    CHECK(of_recording.index == of_lesson.index);
    CHECK(of_recording.gate->question.english == question);
    CHECK_FALSE(of_recording.is_answered());
    window.press("3");
    CHECK(window.app().gate()->chosen == 2);
    window.press("space");
    CHECK(step_to_gate(window).index == 1);
  }
  std::filesystem::current_path(before);
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
