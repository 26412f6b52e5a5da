// Why something does not work, as the window says it.
#include "gui/trouble_words.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/gui/headless_app.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shipped_lesson.hpp"
#include "tests/support/temporary_folder.hpp"
#include "world/live_run.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

// What the window says, in both languages, when it is asked to open this.
struct Said {
  std::string english, indonesian;
};
Said said_on_opening(test::HeadlessApp& headless, const std::string& named) {
  const auto say = [&] {
    headless.app().ask(intent::OpenFile{named});
    headless.settle();
    return headless.app().note();
  };
  Said said{say(), {}};
  headless.press("l");
  said.indonesian = say();
  headless.press("l");
  return said;
}

}  // namespace

TEST_CASE("what cannot be opened is told in both languages", "[gui][trouble]") {
  const test::TemporaryFolder folder;
  test::HeadlessApp headless;
  headless.open("keep-mode");

  std::ofstream(folder / "broken.mailwalk") << "no recording";
  std::ofstream(folder / "own.toml") << "titel = 1\n";
  struct Case {
    std::string named;
    std::vector<std::string> english, indonesian;  // is part of what is said
  };
  const Case cases[] = {
      // What is not there, with the lesson that was meant.
      {"keep-mod",
       {"There is no lesson and no file “keep-mod”. Did you mean “keep-mode”?"},
       {"Tidak ada pelajaran atau berkas bernama “keep-mod”. Maksudnya “keep-mode”?"}},
      {folder.path().string(), {"holds no lesson"}, {"tidak berisi pelajaran"}},
      {folder / "broken.mailwalk",
       {"This recording cannot be read"},
       {"Rekaman ini tidak bisa dibaca", "broken.mailwalk"}},
      // A mistake, and where it is.
      {folder / "own.toml",
       {"There is a mistake in this lesson", "own.toml:1"},
       {"Ada kesalahan dalam pelajaran ini", "own.toml:1"}},
  };
  for (const Case& it : cases) {
    INFO(it.named);
    const Said said = said_on_opening(headless, it.named);
    for (const std::string& part : it.english) CHECK_THAT(said.english, ContainsSubstring(part));
    for (const std::string& part : it.indonesian) {
      CHECK_THAT(said.indonesian, ContainsSubstring(part));
    }
  }
}

TEST_CASE("where nothing can be written, saving and exporting say so", "[gui][trouble]") {
  const auto before = std::filesystem::current_path();
  test::HeadlessApp headless;
  headless.open("keep-mode");
  headless.press("l");
  std::filesystem::current_path("/proc");  // nobody can make files there
  for (const char* keys : {"ctrl+s", "ctrl+e"}) {
    INFO(keys);
    headless.press(keys);
    headless.settle();
    CHECK(headless.app().note() == "Tidak ada yang bisa ditulis ke folder /proc");
  }
  std::filesystem::current_path(before);
}

TEST_CASE("a disk without room is told as such", "[gui][trouble]") {
  test::HeadlessApp headless;
  for (const std::string why : {"No space left on device", "the disk is full"}) {
    const Error error{"cannot be written: " + why, {}, "run.mailwalk", 0, 0};
    CHECK(why_not_written("note.not_saved", error, headless.app().language()) ==
          "The disk is full: nothing was kept.");
  }
}

TEST_CASE("a recording is not served: it has happened already", "[gui][trouble][live]") {
  const test::TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  test::HeadlessApp headless;
  headless.open("whole-journey");
  headless.press("ctrl+s");
  headless.settle();
  std::string saved;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    saved = entry.path().string();
  }
  headless.app().ask(intent::OpenFile{saved});
  headless.settle();
  headless.press("g");
  headless.settle();
  CHECK_THAT(headless.app().note(), ContainsSubstring("what has happened already"));
  std::filesystem::current_path(before);
}

TEST_CASE("a lesson that is sound and is not served has trouble with its addresses",
          "[gui][trouble]") {
  test::HeadlessApp headless;
  const Language& language = headless.app().language();
  const Error error{"nobody can listen at 10.0.0.7:2525: Cannot assign it", {}, {}};
  CHECK_THAT(why_not_live("keep-mode", error, language),
             ContainsSubstring("cannot be had. nobody can listen at 10.0.0.7:2525"));
  CHECK_THAT(why_not_live("no-such-lesson", error, language), ContainsSubstring("There is no"));
}

TEST_CASE("a lesson whose addresses another program has is told of without the system's words",
          "[gui][trouble]") {
  test::HeadlessApp headless;
  const world::Scenario lesson = test::shipped_lesson("keep-mode");
  net::TcpOptions options;
  for (auto& [port, real] : options.ports) real = Port{0};
  world::LiveRun first(lesson, options, world::Waiting::InRealTime);
  options.ports[kSmtpPort] = first.network().doors().front().endpoint.port;
  world::LiveRun second(lesson, options, world::Waiting::InRealTime);
  REQUIRE(second.trouble() != nullptr);
  CHECK(why_not_live("keep-mode", *second.trouble(), headless.app().language()) ==
        "Another program has the lesson’s addresses, perhaps Mailwalk in another window or "
        "terminal. End it there, then try again.");
}
