// `mailwalk run … --record FILE`.
#include <filesystem>
#include <string>

#include "tests/cli/program_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk::test;

TEST_CASE("A run that is recorded is told as it would be without", "[cli][record]") {
  const TemporaryFolder folder;
  for (const std::string lesson :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
    INFO(lesson);
    const ProgramRun plain = run_mailwalk({"run", lesson, "--fingerprint"});
    const ProgramRun recorded =
        run_mailwalk({"run", lesson, "--fingerprint", "--record", folder / lesson});
    CHECK(recorded.code == 0);
    CHECK(recorded.err.empty());
    CHECK(recorded.out == plain.out);
    CHECK(run_mailwalk({"show", folder / lesson, "--fingerprint"}).out == plain.out);
  }
  CHECK(files_below(folder.path()).size() == 5);
}

TEST_CASE("The option --record overwrites nothing unless it is told to", "[cli][record]") {
  const TemporaryFolder folder;
  REQUIRE(run_mailwalk({"run", "1", "--record", folder / "run"}).code == 0);
  const std::string before = read_text(folder / "run");
  const ProgramRun again = run_mailwalk({"run", "2", "--record", folder / "run"});
  CHECK(again.code == 4);
  CHECK(again.out.empty());
  CHECK_THAT(again.err, ContainsSubstring("exists already; nothing is overwritten; choose another "
                                          "name, or replace it with --force"));
  CHECK(read_text(folder / "run") == before);
  CHECK(run_mailwalk({"run", "2", "--record", folder / "run", "--force"}).code == 0);
  CHECK(run_mailwalk({"show", folder / "run"}).out == run_mailwalk({"run", "2"}).out);
  write_text(folder / "thesis", "mine");
  CHECK(run_mailwalk({"run", "2", "--record", folder / "thesis", "--force"}).code == 4);
  CHECK(read_text(folder / "thesis") == "mine");
}

TEST_CASE("A run that cannot be recorded stops, or goes on if that was asked for",
          "[cli][record]") {
  const TemporaryFolder folder;
  const std::string nowhere = folder / "no/such/run";
  const ProgramRun stopped = run_mailwalk({"run", "1", "--record", nowhere});
  CHECK(stopped.code == 4);
  CHECK(stopped.out.empty());
  CHECK_THAT(stopped.err, ContainsSubstring("there is no folder"));
  CHECK(run_mailwalk({"run", "1", "--record", "/proc/run.mailwalk"}).code == 4);

  const ProgramRun unrecorded =
      run_mailwalk({"run", "1", "--record", nowhere, "--record-if-possible"});
  CHECK(unrecorded.code == 0);
  CHECK(unrecorded.out == run_mailwalk({"run", "1"}).out);
  CHECK_THAT(unrecorded.err, ContainsSubstring("the run goes on and is not recorded"));
}

// Blocks of 512 octets: the file may grow to 40 kB and no further, as on a disk that is full.
TEST_CASE("A disk that is full stops a run that is recorded", "[cli][record]") {
  const TemporaryFolder folder;
  const auto run = [&](const std::string& options) {
    return run_shell("cd '" + folder.path().string() +
                     "' && trap '' XFSZ && { ulimit -f 80; \"$mailwalk\" run delete-mode --record "
                     "run " +
                     options + " > out 2> err; }");
  };
  CHECK(run("") == 4);
  CHECK(read_text(folder / "out") == "");
  CHECK_THAT(read_text(folder / "err"), ContainsSubstring("run: cannot be written: "));
  std::filesystem::remove(folder / "run");
  CHECK(run("--record-if-possible") == 0);
  CHECK(read_text(folder / "out") == run_mailwalk({"run", "delete-mode"}).out);
  CHECK_THAT(read_text(folder / "err"), ContainsSubstring("is not recorded"));
}
