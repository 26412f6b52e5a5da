// Where the program writes, and what it says when it cannot.
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/write_file.hpp"
#include "tests/cli/program_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

TEST_CASE("Nothing is overwritten by --save-mail", "[cli][output]") {
  const TemporaryFolder folder;
  write_text(folder / "out/mine.txt", "mine");
  const ProgramRun run = run_mailwalk({"run", "1", "--save-mail", folder / "out"});
  CHECK(run.code == 4);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, ContainsSubstring("is not empty; name a new one"));
  CHECK(files_below(folder / "out").size() == 1);
}

TEST_CASE("An empty folder is good enough for --save-mail", "[cli][output]") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "out");
  CHECK(run_mailwalk({"run", "1", "--save-mail", folder / "out"}).code == 0);
  CHECK(files_below(folder / "out").size() == 3);
}

TEST_CASE("A file that cannot be written is told", "[cli][output]") {
  const TemporaryFolder folder;
  write_text(folder / "file", "x");
  const ProgramRun below_file = run_mailwalk({"run", "1", "--save-mail", folder / "file/out"});
  CHECK(below_file.code == 4);
  CHECK_THAT(below_file.err, ContainsSubstring("cannot be written"));
  const ProgramRun nowhere = run_mailwalk({"run", "1", "--export", folder / "no/such/run.txt"});
  CHECK(nowhere.code == 4);
  CHECK_THAT(nowhere.err, ContainsSubstring("cannot be written: No such file or directory"));
  CHECK(nowhere.out.empty());  // told before the run
  std::filesystem::create_directory(folder / "x.txt");
  const ProgramRun is_folder = run_mailwalk({"run", "1", "--export", folder / "x.txt"});
  CHECK(is_folder.code == 4);
  CHECK(is_folder.out.empty());
  // Nobody, not even root, makes files there.
  const ProgramRun read_only = run_mailwalk({"run", "1", "--save-mail", "/proc/out"});
  CHECK(read_only.code == 4);
  CHECK(read_only.out.empty());
  std::filesystem::create_symlink("/dev/full", folder / "full.txt");
  const ProgramRun full = run_mailwalk({"run", "1", "--export", folder / "full.txt"});
  CHECK(full.code == 4);
  CHECK_THAT(full.err, ContainsSubstring("cannot be written: No space left on device"));
}

TEST_CASE("A standard output that cannot be written is told", "[cli][output]") {
  const TemporaryFolder folder;
  const std::string err = " 2> '" + (folder / "err") + "'";
  CHECK(run_shell("\"$mailwalk\" run 1 > /dev/full" + err) == 4);
  CHECK_THAT(read_text(folder / "err"), ContainsSubstring("No space left on device"));
  CHECK(run_shell("\"$mailwalk\" list > /dev/full" + err) == 4);
  CHECK(run_shell("\"$mailwalk\" --help > /dev/full" + err) == 4);
  CHECK(run_shell("\"$mailwalk\" run 1 >&-" + err) == 4);
}

TEST_CASE("What is tried before a run leaves no trace and changes nothing", "[cli][output]") {
  const TemporaryFolder folder;
  write_text(folder / "run.txt", "mine");
  CHECK(cli::check_writable(folder / "run.txt").ok());
  CHECK(cli::check_writable(folder / "new.txt").ok());
  CHECK(read_text(folder / "run.txt") == "mine");
  CHECK(files_below(folder.path()).size() == 1);
}

TEST_CASE("A reader that goes away ends the program in silence", "[cli][output]") {
  const TemporaryFolder folder;
  const std::string line = "{ sleep 0.3; \"$mailwalk\" run 1 2> '" + folder / "err" +
                           "'; echo $? > '" + (folder / "code") + "'; } | true";
  CHECK(run_shell(line) == 0);
  // `true` may be gone before the pipe's other end has finished: wait for what it leaves.
  CHECK(run_shell("for i in 1 2 3 4 5 6 7 8 9 10; do [ -s '" + folder / "code" +
                  "' ] && break; sleep 0.3; done") == 0);
  CHECK(read_text(folder / "code") == "0\n");
  CHECK(read_text(folder / "err") == "");
}

TEST_CASE("Colours are shown on a terminal, and not if NO_COLOR is set", "[cli][output]") {
  const auto has_colour = [](const std::string& text) {
    return text.find("\x1b[") != std::string::npos;
  };
  CHECK(has_colour(run_on_terminal({"list"}).out));
  CHECK(has_colour(run_on_terminal({"run", "nothing"}).out));
  CHECK(has_colour(run_on_terminal({"run", "1"}).out));
  CHECK_FALSE(has_colour(run_on_terminal({"list"}, {"NO_COLOR=1"}).out));
  CHECK_FALSE(has_colour(run_on_terminal({"run", "nothing"}, {"NO_COLOR=1"}).out));
  CHECK_FALSE(has_colour(run_on_terminal({"run", "1"}, {"TERM=dumb"}).out));
  CHECK(has_colour(run_on_terminal({"list"}, {"NO_COLOR="}).out));
  CHECK_FALSE(has_colour(run_mailwalk({"list"}).out));
  CHECK_FALSE(has_colour(run_mailwalk({"run", "1"}).out));
}

TEST_CASE("File names are made of harmless characters", "[cli][output]") {
  struct Case {
    std::string name;
    std::string safe;
  };
  const Case cases[] = {{"mx.kantor.example", "mx.kantor.example"},
                        {"../../etc/passwd", "_.._.._etc_passwd"},
                        {"", "_"},
                        {".", "_."},
                        {"a b\tc\n", "a_b_c_"},
                        {"C:\\x", "C__x"},
                        {"budi+kerja@kantor", "budi+kerja@kantor"},
                        {"\xC3\xA9", "__"},
                        {std::string(300, 'x'), std::string(100, 'x')}};
  for (const Case& c : cases) CHECK(cli::safe_file_name(c.name) == c.safe);
}

TEST_CASE("What is printed about a command line, a lesson or a folder cannot command a terminal",
          "[cli][output][hostile]") {
  const std::string evil = "a\x1b[31m\xe2\x80\xae\xc2\x9b";
  const std::string shown = "a␛[31m‹U+202E›‹U+009B›";
  const TemporaryFolder folder;
  write_text(folder / (evil + "/lesson.toml"),
             "[lesson]\nid = \"t\"\ntitle = \"\\u202eT\\u009b\"\n[[host]]\nname = \"ns.example\"\n"
             "roles = [\"names\"]\n");
  write_text(folder / "bad/lesson.toml", "[lesson]\nid = \"\\u202e\\u009b\"\n");
  const std::string setting = "MAILWALK_LESSONS=" + folder.path().string();
  const std::vector<std::vector<std::string>> calls = {
      {"run", "1", "--mode", evil}, {"run", evil + "x"},       {"check", "zzzzzzzz"}, {evil},
      {"check", folder / evil},     {"check", folder / "bad"}, {"show", evil},        {"list"}};
  for (const std::vector<std::string>& arguments : calls) {
    INFO(arguments.front() << " " << arguments.back());
    const ProgramRun run = run_mailwalk(arguments, {setting});
    const std::string all = run.out + run.err;
    CHECK_FALSE(all.empty());
    CHECK(all.find('\x1b') == std::string::npos);
    CHECK(all.find("\xe2\x80\xae") == std::string::npos);
    CHECK(all.find("\xc2\x9b") == std::string::npos);
  }
  const ProgramRun list = run_mailwalk({"list"}, {setting});
  CHECK_THAT(list.out, ContainsSubstring(shown + "  "));
  CHECK_THAT(list.out, ContainsSubstring("  ‹U+202E›T‹U+009B›\n"));
  CHECK_THAT(run_mailwalk({"run", "1", "--mode", evil}).err, ContainsSubstring(shown));
}

TEST_CASE("No folder is made for a lesson that is not there", "[cli][output]") {
  const TemporaryFolder folder;
  CHECK(run_mailwalk({"run", "nosuch", "--save-mail", folder / "new"}).code == 3);
  CHECK_FALSE(std::filesystem::exists(folder / "new"));
}
