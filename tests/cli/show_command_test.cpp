// `mailwalk show`.
#include <string>
#include <vector>

#include "tests/cli/program_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden.hpp"

using namespace mailwalk::test;

namespace {

std::string recorded(const TemporaryFolder& folder, const std::string& lesson) {
  const std::string path = folder / (lesson + ".mailwalk");
  REQUIRE(run_mailwalk({"run", lesson, "--record", path}).code == 0);
  return path;
}

std::string last_line(const std::string& text) {
  return text.substr(text.rfind('\n', text.size() - 2) + 1);
}

}  // namespace

TEST_CASE("A recording is told in every way in which a run is", "[cli][show]") {
  const TemporaryFolder folder;
  const std::string file = recorded(folder, "whole-journey");
  const std::vector<std::vector<std::string>> ways = {
      {}, {"--lang", "id"}, {"--show-crlf", "--show-passwords"}, {"--full"}};
  for (std::vector<std::string> way : ways) {
    std::vector<std::string> run = way;
    run.insert(run.begin(), {"run", "whole-journey"});
    way.insert(way.begin(), {"show", file});
    const ProgramRun shown = run_mailwalk(way);
    CHECK(shown.code == 0);
    CHECK(shown.err.empty());
    CHECK(shown.out == run_mailwalk(run).out);
  }
}

TEST_CASE("What a moment and a letter's story look like, in both languages",
          "[cli][show][golden]") {
  const TemporaryFolder folder;
  const std::string file = recorded(folder, "delete-mode");
  for (const std::string language : {"en", "id"}) {
    const auto show = [&](const std::vector<std::string>& what) {
      std::vector<std::string> words{"show", file, "--lang", language};
      words.insert(words.end(), what.begin(), what.end());
      const ProgramRun run = run_mailwalk(words);
      CHECK(run.code == 0);
      CHECK(run.err.empty());
      return run.out;
    };
    // Letters are marked, and the maildrop is locked.
    CHECK(golden_difference("cli/golden/show-at." + language + ".txt", show({"--at", "545"})) ==
          "");
    CHECK(golden_difference("cli/golden/show-follow." + language + ".txt",
                            show({"--follow", "B"})) == "");
    CHECK(show({"--follow", "b"}) == show({"--follow", "B"}));
  }
}

TEST_CASE("Every position of a recording can be shown", "[cli][show]") {
  const TemporaryFolder folder;
  const std::string file = recorded(folder, "whole-journey");
  for (int at = 0; at < 200; at += 23) {
    const ProgramRun run = run_mailwalk({"show", file, "--at", std::to_string(at)});
    INFO(at);
    CHECK(run.code == 0);
    CHECK_THAT(run.out, ContainsSubstring("Event " + std::to_string(at) + " (of 0 to "));
  }
}

TEST_CASE("What a recording does not have is told", "[cli][show]") {
  const TemporaryFolder folder;
  const std::string file = recorded(folder, "delete-mode");
  const ProgramRun late = run_mailwalk({"show", file, "--at", "18446744073709551615"});
  CHECK(late.code == 2);
  CHECK(late.out.empty());
  CHECK_THAT(late.err,
             ContainsSubstring("there is no event 18446744073709551615; the last one is "));
  const ProgramRun stranger = run_mailwalk({"show", file, "--follow", "Z"});
  CHECK(stranger.code == 2);
  CHECK_THAT(stranger.err, ContainsSubstring("there is no letter \"Z\"; the letters are A to C"));
}

TEST_CASE("To show one moment all of the recording is checked", "[cli][show]") {
  const TemporaryFolder folder;
  const std::string file = recorded(folder, "whole-journey");
  const std::string fingerprint = last_line(run_mailwalk({"show", file, "--fingerprint"}).out);
  CHECK_THAT(fingerprint, ContainsSubstring("fingerprint "));
  const ProgramRun shown = run_mailwalk({"show", file, "--at", "5", "--fingerprint"});
  CHECK(last_line(shown.out) == fingerprint);
  // In an event long after it.
  std::string spoilt = read_text(file);
  for (std::size_t quit = 0; (quit = spoilt.find("QUIT", quit)) != std::string::npos;) {
    spoilt.replace(quit, 4, "QUAT");
  }
  write_text(folder / "spoilt", spoilt);
  const ProgramRun refused = run_mailwalk({"show", folder / "spoilt", "--at", "5"});
  CHECK(refused.code == 3);
  CHECK(refused.out.empty());
  CHECK_THAT(refused.err, ContainsSubstring("it is not as it was recorded"));
}

TEST_CASE("What is no recording, or a damaged one, is refused", "[cli][show]") {
  const TemporaryFolder folder;
  const ProgramRun nothing = run_mailwalk({"show", folder / "nothing"});
  CHECK(nothing.code == 3);
  CHECK_THAT(nothing.err, ContainsSubstring("there is no such file"));
  write_text(folder / "text", "Dear Budi");
  CHECK(run_mailwalk({"show", folder / "text"}).code == 3);
  const std::string file = recorded(folder, "whole-journey");
  const std::string whole = read_text(file);
  write_text(folder / "cut", whole.substr(0, whole.size() / 2));
  const ProgramRun cut = run_mailwalk({"show", folder / "cut"});
  CHECK(cut.code == 3);
  CHECK(cut.out.empty());
  CHECK_THAT(cut.err, ContainsSubstring("cut: "));
}
