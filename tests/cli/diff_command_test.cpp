// `mailwalk diff`.
#include <string>

#include "tests/cli/program_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk::test;

TEST_CASE("Equal runs are the same, others are told apart", "[cli][diff]") {
  const TemporaryFolder folder;
  const auto record = [&](const std::string& name, const std::string& mode) {
    REQUIRE(run_mailwalk({"run", "delete-mode", "--mode", mode, "--record", folder / name}).code ==
            0);
    return folder / name;
  };
  const std::string first = record("first", "delete");
  const std::string again = record("again", "delete");
  const std::string keep = record("keep", "keep");
  const ProgramRun same = run_mailwalk({"diff", first, again});
  CHECK(same.code == 0);
  CHECK(same.err.empty());
  CHECK_THAT(same.out, ContainsSubstring("The two runs are the same"));
  const ProgramRun different = run_mailwalk({"diff", first, keep});
  CHECK(different.code == 1);
  CHECK(different.err.empty());
  CHECK_THAT(different.out, ContainsSubstring("The first event in which they differ is number 1."));
  CHECK_THAT(
      different.out,
      ContainsSubstring("letter A in budi's maildrop on Office mailbox server: gone | there"));
  CHECK(run_mailwalk({"diff", first, keep, "--lang", "id"}).out != different.out);
  const ProgramRun unreadable = run_mailwalk({"diff", first, folder / "none"});
  CHECK(unreadable.code == 3);
  CHECK(unreadable.out.empty());
  CHECK_THAT(unreadable.err, ContainsSubstring("none: there is no such file"));
}
