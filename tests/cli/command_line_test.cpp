#include <string>
#include <vector>

#include "tests/cli/program_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk::test;

TEST_CASE("The program explains itself", "[cli]") {
  const ProgramRun help = run_mailwalk({"--help"});
  CHECK(help.code == 0);
  CHECK(help.err.empty());
  for (const char* part :
       {"run", "show", "diff", "check", "list", "Examples:", "Exit codes:", "MAILWALK_LESSONS"}) {
    CHECK_THAT(help.out, ContainsSubstring(part));
  }
  const ProgramRun run_help = run_mailwalk({"run", "--help"});
  CHECK(run_help.code == 0);
  for (const char* option :
       {"--mail", "--mode", "--seed", "--export", "--save-mail", "--fingerprint", "--show-crlf",
        "--show-passwords", "--full", "--lang", "--record", "--force", "--record-if-possible"}) {
    CHECK_THAT(run_help.out, ContainsSubstring(option));
  }
  const ProgramRun show_help = run_mailwalk({"show", "--help"});
  CHECK(show_help.code == 0);
  for (const char* option : {"--at", "--follow", "--lang"}) {
    CHECK_THAT(show_help.out, ContainsSubstring(option));
  }
  CHECK_THAT(run_mailwalk({"diff", "--help"}).out,
             ContainsSubstring("Exit codes: 0 if the runs are the same, 1 if they are different"));
  CHECK(run_mailwalk({"check", "--help"}).code == 0);
  CHECK(run_mailwalk({"list", "--help"}).code == 0);
  const ProgramRun version = run_mailwalk({"--version"});
  CHECK(version.code == 0);
  CHECK_THAT(version.out, ContainsSubstring("mailwalk 0."));
}

TEST_CASE("A wrong command line is refused with what was meant", "[cli]") {
  struct Case {
    std::vector<std::string> arguments;
    const char* complaint;
  };
  const Case cases[] = {
      {{}, "subcommand is required"},
      {{"rnu", "whole-journey"}, "there is no command \"rnu\"; did you mean run?"},
      {{"bogus"}, "there is no command \"bogus\"; the commands are run, serve, show, diff, check"},
      {{"dif", "a", "b"}, "there is no command \"dif\"; did you mean diff?"},
      {{"lits"}, "did you mean list?"},
      {{"--verison"}, "did you mean --version?"},
      {{"run"}, "LESSON is required"},
      {{"run", "1", "2"}, "2"},
      {{"run", "1", "--sed", "2"}, "did you mean --seed?"},
      {{"run", "1", "--save-mails=x"}, "did you mean --save-mail?"},
      {{"run", "1", "--mode", "kep"}, "--mode"},
      {{"run", "1", "--mode", "keep-days"}, "--mode"},
      {{"serve"}, "LESSON is required"},
      {{"serve", "1", "--port", "2525"}, "expected 25, 110 or 587, = and a port"},
      {{"serve", "1", "--port", "26=2525"}, "expected 25, 110 or 587, = and a port"},
      {{"serve", "1", "--port", "25=65536"}, "expected 25, 110 or 587, = and a port"},
      {{"serve", "1", "--listen", "here"}, "expected an IPv4 address of this computer"},
      {{"serve", "1", "--listen", "0.0.0.0"}, "0.0.0.0 is all of them"},
      {{"serve", "1", "--listen", "127.0.0.1"}, "nobody but this computer"},
      {{"serve", "1", "--for", "0"}, "--for"},
      {{"serve", "1", "--for", "12s"}, "expected a number of seconds without a unit"},
      {{"serve", "1", "--resume", "run"}, "--resume"},
      {{"serve", "--resume", "run", "--servers-only"}, "--resume"},
      {{"serve", "--resume", "run", "--record", "other"}, "--resume"},
      {{"serve", "1", "--durable"}, "--durable requires --record or --resume"},
      {{"serve", "1", "--connections", "0"}, "--connections"},
      {{"run", "1", "--seed", "abc"}, "expected a whole number"},
      {{"run", "1", "--seed", "1.5"}, "expected a whole number"},
      {{"run", "1", "--seed", "0x10"}, "expected a whole number"},
      {{"run", "1", "--seed", "18446744073709551616"}, "expected a whole number"},
      {{"run", "1", "--seed=-1"}, "expected a whole number"},
      {{"run", "1", "--lang", "de"}, "--lang"},
      {{"run", "1", "--mail"}, "--mail"},
      {{"check"}, "LESSON is required"},
      {{"run", "1", "--force"}, "--force requires --record"},
      {{"run", "1", "--record-if-possible"}, "--record-if-possible requires --record"},
      {{"run", "1", "--rekord=x"}, "did you mean --record?"},
      {{"show"}, "FILE is required"},
      {{"show", "x", "--at", "-1"}, "--at"},
      {{"show", "x", "--at", "noon"}, "expected a whole number"},
      {{"show", "x", "--at", "1", "--follow", "A"}, "--at"},
      {{"diff", "x"}, "B is required"},
      {{"run", "1", "--export", "run.txt", "--record", "./run.txt"},
       "--export and --record name the same file"},
      {{"list", "x"}, "x"},
      {{"run", "1", "--export", "run.pdf"},
       "there is no export to \".pdf\"; the endings are: .txt"},
      {{"run", "1", "--export", "run"}, "has no ending"},
  };
  for (const Case& c : cases) {
    std::string line;
    for (const std::string& argument : c.arguments) line += " " + argument;
    INFO("mailwalk" << line);
    const ProgramRun run = run_mailwalk(c.arguments);
    CHECK(run.code == 2);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, ContainsSubstring("mailwalk:"));
    CHECK_THAT(run.err, ContainsSubstring(c.complaint));
  }
}
