#include "pop3/command.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;

namespace {
constexpr MessageNumber kNumberOne{1};
}

TEST_CASE("POP3 commands are read into values, whatever the case of the keyword",
          "[pop3][command][P11]") {
  struct Row {
    std::string line;
    Command expected;
  };
  const std::vector<Row> rows{
      {"USER ani", Command::user("ani")},
      {"uSeR ani@b.test", Command::user("ani@b.test")},
      {"PASS sesame", Command::pass("sesame")},
      {"PASS open  sesame ", Command::pass("open  sesame ")},
      {"pass  leading", Command::pass(" leading")},
      {"APOP ani c4c9334bac560ecc979e58001b3e22fb",
       Command::apop("ani", "c4c9334bac560ecc979e58001b3e22fb")},
      {"sTaT", Command::stat()},
      {"LIST", Command::list()},
      {"LIST 1", Command::list(kNumberOne)},
      {"rEtR 1", Command::retr(kNumberOne)},
      {"RETR  1", Command::retr(kNumberOne)},
      {"RETR 1 ", Command::retr(kNumberOne)},
      {"RETR 0000000001", Command::retr(kNumberOne)},
      {"RETR 4294967295", Command::retr(MessageNumber{4'294'967'295})},
      {"DELE 1", Command::dele(kNumberOne)},
      {"NOOP", Command::noop()},
      {"NOOP ", Command::noop()},
      {"RSET", Command::rset()},
      {"QUIT", Command::quit()},
      {"TOP 1 0", Command::top(kNumberOne, 0)},
      {"TOP 1 99999999", Command::top(kNumberOne, 99'999'999)},
      {"UIDL", Command::uidl()},
      {"UIDL 1", Command::uidl(kNumberOne)},
      {"CAPA", Command::capa()},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    const ParsedCommand parsed = parse_command(row.line);
    CHECK(parsed.fault == CommandFault::None);
    CHECK(parsed.command == row.expected);
  }
}

TEST_CASE("POP3 commands that are wrong say in what", "[pop3][command][P17][P18][P19][P36]") {
  struct Row {
    std::string line;
    CommandFault fault;
    Verb verb;
  };
  const std::vector<Row> rows{
      {"", CommandFault::UnknownVerb, Verb::Unknown},
      {"   ", CommandFault::UnknownVerb, Verb::Unknown},
      {" STAT", CommandFault::UnknownVerb, Verb::Unknown},
      {"LAST", CommandFault::UnknownVerb, Verb::Unknown},
      {"STATX", CommandFault::UnknownVerb, Verb::Unknown},
      {"STA", CommandFault::UnknownVerb, Verb::Unknown},
      {"?", CommandFault::UnknownVerb, Verb::Unknown},
      {"STAT\t", CommandFault::UnknownVerb, Verb::Unknown},
      {"USER", CommandFault::MissingArgument, Verb::User},
      {"USER ", CommandFault::MissingArgument, Verb::User},
      {"USER a b", CommandFault::SurplusArgument, Verb::User},
      {"PASS", CommandFault::MissingArgument, Verb::Pass},
      {"PASS ", CommandFault::MissingArgument, Verb::Pass},
      {"APOP a", CommandFault::MissingArgument, Verb::Apop},
      {"APOP a b c", CommandFault::SurplusArgument, Verb::Apop},
      {"STAT 1", CommandFault::SurplusArgument, Verb::Stat},
      {"NOOP x", CommandFault::SurplusArgument, Verb::Noop},
      {"RSET x", CommandFault::SurplusArgument, Verb::Rset},
      {"QUIT x", CommandFault::SurplusArgument, Verb::Quit},
      {"CAPA x", CommandFault::SurplusArgument, Verb::Capa},
      {"LIST x", CommandFault::BadNumber, Verb::List},
      {"LIST 1 2", CommandFault::SurplusArgument, Verb::List},
      {"RETR", CommandFault::MissingArgument, Verb::Retr},
      {"RETR -1", CommandFault::BadNumber, Verb::Retr},
      {"RETR +1", CommandFault::BadNumber, Verb::Retr},
      {"RETR 1x", CommandFault::BadNumber, Verb::Retr},
      {"RETR 4294967296", CommandFault::BadNumber, Verb::Retr},
      {"RETR 18446744073709551617", CommandFault::BadNumber, Verb::Retr},
      {"RETR 00000000001", CommandFault::BadNumber, Verb::Retr},
      {"RETR 1 2", CommandFault::SurplusArgument, Verb::Retr},
      {"DELE 1 2", CommandFault::SurplusArgument, Verb::Dele},
      {"TOP 1", CommandFault::MissingArgument, Verb::Top},
      {"TOP 1 -1", CommandFault::BadNumber, Verb::Top},
      {"TOP x 1", CommandFault::BadNumber, Verb::Top},
      {"TOP 1 2 3", CommandFault::SurplusArgument, Verb::Top},
      {"UIDL 1 2", CommandFault::SurplusArgument, Verb::Uidl},
  };
  for (const Row& row : rows) {
    INFO("\"" << row.line << "\"");
    const ParsedCommand parsed = parse_command(row.line);
    CHECK(parsed.fault == row.fault);
    CHECK(parsed.command.verb == row.verb);
  }
}

TEST_CASE("A POP3 command written and read again is the same", "[pop3][command]") {
  const std::vector<Command> commands{
      Command::user("ani"),      Command::pass(" a b "),    Command::apop("ani", "00ff"),
      Command::stat(),           Command::list(),           Command::list(kNumberOne),
      Command::retr(kNumberOne), Command::dele(kNumberOne), Command::noop(),
      Command::rset(),           Command::quit(),           Command::top(kNumberOne, 0),
      Command::uidl(),           Command::uidl(kNumberOne), Command::capa()};
  for (const Command& command : commands) {
    INFO(command.line());
    CHECK(parse_command(command.line()).fault == CommandFault::None);
    CHECK(parse_command(command.line()).command == command);
  }
}

TEST_CASE("Every POP3 verb is found by its own name", "[pop3][command]") {
  for (std::size_t i = 1; i < kVerbCount; ++i) {
    const auto verb = static_cast<Verb>(i);
    CHECK(parse_verb(name(verb)) == verb);
  }
}

TEST_CASE("Lines follow +OK where RFC 1939 says so", "[pop3][command]") {
  CHECK(brings_lines(Verb::List, ""));
  CHECK(brings_lines(Verb::List, " "));
  CHECK_FALSE(brings_lines(Verb::List, "1"));
  CHECK(brings_lines(Verb::Uidl, ""));
  CHECK_FALSE(brings_lines(Verb::Uidl, "1"));
  CHECK(brings_lines(Verb::Retr, "1"));
  CHECK(brings_lines(Verb::Top, "1 0"));
  CHECK(brings_lines(Verb::Capa, ""));
  CHECK_FALSE(brings_lines(Verb::Stat, ""));
  CHECK_FALSE(brings_lines(Verb::Dele, "1"));
}

TEST_CASE("Passwords and digests can be masked, and nothing else is", "[pop3][command]") {
  struct Row {
    std::string line;
    std::string masked;
  };
  const std::vector<Row> rows{
      {"PASS sesame", "PASS ********"},
      {"pass open sesame", "pass ********"},
      {"APOP ani c4c9", "APOP ani ********"},
      {"APOP ani", "APOP ani"},
      {"PASS", "PASS"},
      {"PASS ", "PASS "},
      {"USER ani", "USER ani"},
      {"PASSX word", "PASSX word"},
      {"", ""},
  };
  for (const Row& row : rows) CHECK(mask_secret(row.line) == row.masked);
}

TEST_CASE("Random lines are no more than wrong POP3 commands", "[pop3][command][random]") {
  Prng prng(42);
  for (int round = 0; round < 5'000; ++round) {
    std::string line = mailwalk::test::random_bytes(prng, static_cast<std::size_t>(prng.below(40)));
    if (prng.chance(500)) {
      line.insert(0, std::string(name(static_cast<Verb>(1 + prng.below(kVerbCount - 1)))) + " ");
    }
    const ParsedCommand parsed = parse_command(line);
    const bool unknown = parsed.fault == CommandFault::UnknownVerb;
    REQUIRE(unknown == (parsed.command.verb == Verb::Unknown));
    const std::string masked = mask_secret(line);
    REQUIRE((masked == line || is_secret(parsed.command.verb)));
  }
}
