// Every mistake that can be made in a scenario file is told with its place and what would be right.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/world/scenario_text.hpp"
#include "world/scenario_file.hpp"

using namespace mailwalk;
using namespace mailwalk::world;
using mailwalk::test::kSmallScenario;
using mailwalk::test::kSmallScenarioLines;
using mailwalk::test::parse_text;

namespace {

struct Mistake {
  std::string text;
  const char* place;  // "line:column" in that text
  const char* what;
  const char* remedy;
};

std::string list(const std::vector<Error>& errors) {
  std::string all;
  for (const Error& error : errors) all += error.text() + "\n";
  return all;
}

// That this mistake, and no other, is told. lines_before: those that stand before the mistake's
// text.
void check_told(const Mistake& mistake, const std::string& text, int lines_before) {
  const ScenarioResult result = parse_text(text);
  INFO(mistake.text << "\n---- told:\n" << list(result.errors()));
  REQUIRE_FALSE(result.ok());
  REQUIRE(result.errors().size() == 1);
  const Error& error = result.errors().front();
  CHECK(error.file == "t.toml");
  CHECK(fmt::format("{}:{}", error.line - lines_before, error.column) == mistake.place);
  CHECK_THAT(error.what, ContainsSubstring(mistake.what));
  CHECK_THAT(error.remedy, ContainsSubstring(mistake.remedy));
}

void check_appended(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) {
    check_told(mistake, kSmallScenario + mistake.text, kSmallScenarioLines);
  }
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string event(const std::string& action) {
  return "[[event]]\nat = \"1 s\"\n" + action + "\n";
}

}  // namespace

TEST_CASE("The small scenario of these tests has no mistake", "[world][scenario]") {
  CHECK(list(parse_text(kSmallScenario).errors()) == "");
  CHECK(std::count(kSmallScenario.begin(), kSmallScenario.end(), '\n') == kSmallScenarioLines);
}

TEST_CASE("A file that is no TOML is refused where it goes wrong", "[world][scenario]") {
  const std::string deep(200, '[');
  std::string dots = "a";
  for (int i = 0; i < 100; ++i) dots += ".a";
  const std::vector<Mistake> mistakes = {
      {"[lesson\n", "1:8", "this is not TOML", "lessons/README.md"},
      {"x = \n", "1:5", "this is not TOML", ""},
      {"x = 99999999999999999999\n", "1:25", "not representable", ""},
      {"x = 1\nx = 2\n", "2:5", "cannot redefine", ""},
      {"x = \"a\xFF\"\n", "1:7", "not UTF-8", "save it as UTF-8"},
      {"# \xC3\xA9\n\xC0\x80", "2:1", "not UTF-8", "save it as UTF-8"},
      {"j\xC3\xAC = 1\n", "1:2", "this is not TOML", ""},
      {"x = 1\"\"\"2\xC5\x9B = 1\n", "1:6", "this is not TOML", ""},
      {"x = " + deep, "1:21", "nested", ""},
      {dots + " = 1\n", "1:16", "dotted keys", "[headers]"},
      {std::string(1'000'001, '#'), "0:0", "1000001 octets", "at most 1000000"},
  };
  for (const Mistake& mistake : mistakes) check_told(mistake, mistake.text, 0);
}

TEST_CASE("Dots in strings and comments are none of a key's", "[world][scenario]") {
  const std::string many(1'000, '.');
  const std::string text =
      "# " + many + "\n" + kSmallScenario +
      event("compose = {device = \"laptop\", to = \"budi@b.example\", subject = '" + many +
            "', body = \"\"\"\n\\\"" + many + "\"\"\n\"\"\"}");
  CHECK(list(parse_text(text).errors()) == "");
}

TEST_CASE("Mistakes in the file's tables and keys are told", "[world][scenario]") {
  check_appended({
      {"[netwrok]\n", "1:2", "the file has no \"netwrok\"", "did you mean \"network\"?"},
      {"[[hosts]]\n", "1:3", "the file has no \"hosts\"", "did you mean \"host\"?"},
      {"[run]\nsede = 1\n", "2:1", "[run] has no \"sede\"", "did you mean \"seed\"?"},
      {"[run]\nwhatever = 1\n", "2:1", "[run] has no \"whatever\"",
       "known are: seed, start, until"},
      {"[[run]]\n", "1:1", "\"run\" of the file is a list", "expected a table"},
      {"[event]\n", "1:1", "\"event\" of the file is a table", "under [[event]]"},
  });
}

TEST_CASE("Mistakes in [lesson] are told", "[world][scenario]") {
  const auto check = [](const std::string& lesson, const char* place, const char* what,
                        const char* remedy) {
    const std::string text = replaced(kSmallScenario, "[lesson]\nid = \"small\"\n", lesson);
    check_told({lesson, place, what, remedy}, text, 0);
  };
  check("", "1:1", "there is no [lesson]", "add [lesson]");
  check("lesson = 1\n", "1:10", "\"lesson\" of the file is a whole number", "expected a table");
  check("[lesson]\n", "1:1", "[lesson] lacks its \"id\"", "add id");
  check("[lesson]\nid = \"\"\n", "2:6", "\"id\" of [lesson] is empty", "write something");
  check("[lesson]\nid = 1\n", "2:6", "\"id\" of [lesson] is a whole number", "expected a text");
  check("[lesson]\nid = \"../x\"\n", "2:6", "\"../x\" cannot be a lesson's id", "keep-mode");
  check("[lesson]\nid = \"a b\"\n", "2:6", "cannot be a lesson's id", "keep-mode");
  check("[lesson]\nid = \"x\"\norder = 0\n", "3:9", "\"order\" of [lesson] cannot be 0", "1 to");
  check("[lesson]\nid = \"x\"\ntitle = {}\n", "3:9", "\"title\" of [lesson] has no language",
        "en =");
  check("[lesson]\nid = \"x\"\ntitle = {de = \"X\", en = \"X\"}\n", "3:10", "has no \"de\"",
        "known are: en, id");
  check("[lesson]\nid = \"x\"\ntitle = [\"X\"]\n", "3:9", "is a list", "{en = ");
  check("[lesson]\nid = \"x\"\ntitle = \"a\\nb\"\n", "3:9", "control character (code 10)",
        "one line");
  check("[lesson]\nid = \"x\"\nsummary = \"a\\u0007\"\n", "3:11", "control character (code 7)",
        "ends of lines and tabs");
}

TEST_CASE("Mistakes in [run] and [network] are told", "[world][scenario]") {
  check_appended({
      {"[run]\nseed = -1\n", "2:8", "\"seed\" of [run] cannot be -1", "expected 0 to"},
      {"[run]\nseed = 1.5\n", "2:8", "a number with decimals", "a whole number, without quotes"},
      {"[run]\nseed = \"1\"\n", "2:8", "is a text", "a whole number, without quotes"},
      {"[run]\nuntil = 5\n", "2:9", "is a whole number", "\"20 ms\""},
      {"[run]\nuntil = \"5\"\n", "2:9", "lacks its unit", "14 min"},
      {"[run]\nstart = \"2026-01-05\"\n", "2:9", "is a text", "without quotes"},
      {"[run]\nstart = 2026-01-05\n", "2:9", "cannot start at that moment", "+07:00"},
      {"[run]\nstart = 09:00:00\n", "2:9", "cannot start at that moment", "+07:00"},
      {"[run]\nstart = 2026-01-05T09:00:00\n", "2:9", "cannot start at that moment", "zone"},
      {"[run]\nstart = 2026-01-05T09:00:00.5Z\n", "2:9", "cannot start", "whole seconds"},
      {"[run]\nstart = 1969-01-05T09:00:00Z\n", "2:9", "cannot start", "from 1970"},
      {"[network]\nlatency = \"2 h\"\n", "2:1", "more than an hour", "satellite"},
      {"[network]\nbandwidth = \"1 MB\"\n", "2:13", "is not a rate", "1 MB/s"},
      {"[network]\nsegment = \"0 B\"\n", "2:1", "no segment", "1460 B"},
      {"[network]\nsegment = \"1 MB\"\n", "2:1", "no segment", "65535 B"},
      {"[network]\nrandom_segments = \"yes\"\n", "2:19", "is a text", "true or false"},
  });
}

TEST_CASE("Mistakes in [[host]] are told", "[world][scenario]") {
  const std::string host = "[[host]]\nname = \"h.example\"\n";
  check_appended({
      {"[[host]]\nroles = [\"mta\"]\n", "1:1", "[[host]] lacks its \"name\"", "add name"},
      {"[[host]]\nname = \"MX.B.example\"\nroles = \"mta\"\n", "2:8", "is not a name",
       "\"mx.b.example\""},
      {"[[host]]\nname = \"a..b\"\nroles = \"mta\"\n", "2:8", "is not a name", "single dots"},
      {"[[host]]\nname = \"-a\"\nroles = \"mta\"\n", "2:8", "is not a name", "hyphens"},
      {"[[host]]\nname = \"" + std::string(64, 'a') + "\"\nroles = \"mta\"\n", "2:8",
       "is not a name", ""},
      {"[[host]]\nname = \"mx.b.example\"\nroles = \"mta\"\n", "2:8", "two machines called",
       "line 7"},
      {host, "1:1", "[[host]] lacks its \"roles\"", "add roles"},
      {host + "roles = []\n", "3:9", "\"roles\" of [[host]] is empty", "at least one"},
      {host + "roles = 1\n", "3:9", "is a whole number", "a list of texts"},
      {host + "roles = [1]\n", "3:10", "is a whole number", "a text"},
      {host + "roles = [\"mat\"]\n", "3:10", "cannot be \"mat\"", "did you mean \"mta\"?"},
      {host + "roles = [\"mta\", \"mta\"]\n", "3:17", "stands twice", "once"},
      {host + "roles = [\"maa\"]\n", "3:1", "an MAA without mailboxes", "add the role \"mailbox\""},
      {host + "roles = \"mta\"\naddress = \"192.0.2.300\"\n", "4:11",
       "not a machine's IPv4 address", "192.0.2.7"},
      {host + "roles = \"mta\"\naddress = \"127.0.0.1\"\n", "4:11", "not a machine's IPv4 address",
       "leave it out"},
      {host + "roles = \"mta\"\nmaa = {}\n", "4:1", "lacks the role that \"maa\" is for",
       "add \"maa\""},
      {host + "roles = \"mta\"\nmailbox = {domains = \"b.example\"}\n", "4:1", "lacks the role",
       ""},
      {host + "roles = \"mta\"\nsmtp = {size = 1}\n", "4:9", "host.smtp has no \"size\"",
       "known are"},
      {host + "roles = \"mta\"\nsmtp = {max_message = \"1 XB\"}\n", "4:23", "not a unit", "KB"},
      {host + "roles = \"mta\"\nsmtp = {idle = \"1 ms\"}\n", "4:9", "idle is less than a second",
       "1 s"},
      {host + "roles = \"mta\"\nsmtp = {max_recipients = 0}\n", "4:26", "max_recipients", "1"},
      {host + "roles = [\"mailbox\", \"maa\"]\nmaa = {idle = \"1 ms\"}\n", "4:8",
       "idle is less than a second", "1 s"},
      {host + "roles = \"mta\"\nmta = {relays_for = [\"labtop\"]}\n", "4:22", "no machine here",
       "did you mean \"laptop\"?"},
      {host + "roles = \"mta\"\nmta = {next_hop = \"mx.b.exampel\"}\n", "4:19", "no host here",
       "did you mean \"mx.b.example\"?"},
      {host + "roles = \"mta\"\nmta = {next_hop = \"ns.example\"}\n", "4:19", "takes no mail",
       "\"mta\" or \"mailbox\""},
      {host + "roles = \"mta\"\nmta = {next_hop = \"h.example\"}\n", "4:19", "the host itself",
       "another"},
      {host + "roles = \"mta\"\nmta = {retry_min = \"1 ms\"}\n", "4:8", "less than a second",
       "30 min"},
      {host + "roles = \"mta\"\nmta = {retry_min = \"2 h\", retry_max = \"1 h\"}\n", "4:27",
       "retry_max is less than retry_min", "2 h"},
      {host + "roles = [\"mailbox\", \"maa\"]\nmaa = {user_pass = false, apop = false}\n", "4:7",
       "nobody could log in", "true"},
      {host + "roles = \"mta\"\nsmtp = {tls = \"yes\"}\n", "4:15", "cannot be \"yes\"",
       "none, offered, required"},
      {host + "roles = \"mta\"\nsmtp = {auth = [\"plain\", \"plain\"]}\n", "4:26", "stands twice",
       "once"},
      {host + "roles = \"mta\"\nsmtp = {auth = [\"md5\"]}\n", "4:17", "cannot be \"md5\"",
       "cram-md5"},
      {host + "roles = \"mta\"\nmta = {tls = \"implicit\"}\n", "4:14", "cannot be \"implicit\"",
       "never, opportunistic, required"},
  });
}

TEST_CASE("There is exactly one name server", "[world][scenario]") {
  const std::string none = replaced(kSmallScenario, "[\"names\"]", "[\"mta\"]");
  check_told({none, "3:3", "no host has the role \"names\"", "give one host the role"}, none, 0);
  check_appended({{"[[host]]\nname = \"h.example\"\nroles = \"names\"\n", "-20:3",
                   "2 hosts have the role \"names\"", "one name server"}});
}

TEST_CASE("Two machines cannot have one address", "[world][scenario]") {
  check_appended(
      {{"[[host]]\nname = \"h.example\"\nroles = \"mta\"\naddress = \"192.0.2.9\"\n"
        "[[device]]\nname = \"d\"\nmail = \"d@a.example\"\nsubmit_to = \"h.example\"\n"
        "address = \"192.0.2.9\"\n",
        "9:11", "has the same address", "its own"}});
}

TEST_CASE("Mistakes in [[link]] and [[domain]] are told", "[world][scenario]") {
  const std::string domain = "[[domain]]\nname = \"c.example\"\n";
  check_appended({
      {"[[link]]\nlatency = \"1 s\"\n", "1:1", "[[link]] lacks its \"between\"", "add between"},
      {"[[link]]\nbetween = [\"laptop\"]\n", "2:1", "names 1 machines", "expected two"},
      {"[[link]]\nbetween = [\"laptop\", \"laptop\"]\n", "2:22", "both ends are \"laptop\"", "two"},
      {"[[link]]\nbetween = [\"laptop\", \"fone\"]\n", "2:22", "no machine here",
       "did you mean \"phone\"?"},
      {"[[link]]\nbetween = [\"laptop\", \"phone\"]\n[[link]]\nbetween = [\"phone\", \"laptop\"]\n",
       "4:1", "have a link already", "one [[link]]"},
      {"[[domain]]\n", "1:1", "[[domain]] lacks its \"name\"", "add name"},
      {domain + domain, "4:8", "stands here twice", "one [[domain]]"},
      {domain + "mx = [{preference = 1}]\n", "3:7", "domain.mx lacks its \"host\"", "add host"},
      {domain + "mx = [{host = \"mx.b.exmple\"}]\n", "3:15", "no host here",
       "did you mean \"mx.b.example\"?; or add missing = true"},
      {domain + "mx = [{host = \"mx.b.example\", missing = true}]\n", "3:31", "is a host here",
       "take missing away"},
      {domain + "mx = [{host = \"mx.b.example\", preference = 65536}]\n", "3:44", "cannot be 65536",
       "0 to 65535"},
      {domain + "mx = [{host = \"mx.b.example\"}, {host = \"mx.b.example\"}]\n", "3:32", "twice",
       "once"},
      {domain + "mx = \"mx.b.example\"\n", "3:6", "is a text", "list of tables"},
      {domain + "mx = [{host = \"mx.b.example\"}]\nnull_mx = true\n", "4:1",
       "cannot have the null MX", "RFC 7505"},
      {domain + "address = \"nobody\"\n", "3:11", "no host here", "known are"},
      {domain + "failure = \"servfial\"\n", "3:11", "cannot be \"servfial\"",
       "did you mean \"servfail\"?"},
  });
}

TEST_CASE("Mistakes in [[account]] are told", "[world][scenario]") {
  const std::string account = "[[account]]\npassword = \"x\"\n";
  const std::string second_host =
      "[[host]]\nname = \"h.example\"\nroles = [\"mailbox\"]\n[[account]]\n"
      "password = \"x\"\naddress = \"eka@b.example\"\n";
  check_appended({
      {account, "1:1", "[[account]] lacks its \"address\"", "add address"},
      {"[[account]]\naddress = \"eka@b.example\"\n", "1:1", "lacks its \"password\"",
       "add password"},
      {account + "address = \"eka\"\n", "3:11", "not an address with a mailbox",
       "budi@kantor.example"},
      {account + "address = \"" + std::string(41, 'e') + "@b.example\"\n", "3:11",
       "not an address with a mailbox", "40 characters"},
      {account + "address = \"eka@B.example\"\n", "3:11", "not a name", "\"b.example\""},
      {account + "address = \"eka@b.example\"\nhost = \"mta.a.example\"\n", "4:8",
       "keeps no mailboxes", "role \"mailbox\""},
      {account + "address = \"eka@b.example\"\nhost = \"mxb.example\"\n", "4:8", "no host here",
       "did you mean \"mx.b.example\"?"},
      {account + "address = \"budi@b.example\"\n", "3:1", "has a second user \"budi\"", "another"},
      {account + "address = \"budi@c.example\"\n", "3:1", "has a second user \"budi\"", "another"},
      {account + "address = \"eka@b.example\"\nquota = \"10\"\n", "4:9", "lacks its unit", "10 KB"},
      {"[[account]]\naddress = \"eka@b.example\"\npassword = \"r\xC3\xA9\"\n", "3:12",
       "does not fit into a POP3 command", "ASCII"},
      {second_host, "4:1", "[[account]] lacks its \"host\"", "role \"mailbox\""},
  });
}

TEST_CASE("Mistakes in [[device]] are told", "[world][scenario]") {
  const std::string device = "[[device]]\nname = \"d\"\n";
  const std::string fetch = device + "[[device.fetch]]\n";
  const std::string sending = device + "mail = \"d@a.example\"\nsubmit_to = \"mta.a.example\"\n";
  check_appended({
      {device, "1:1", "\"d\" neither sends nor fetches", "[[device.fetch]]"},
      {device + "mail = \"d@a.example\"\n", "3:8", "does not know to which MTA", "add submit_to"},
      {device + "submit_to = \"mta.a.example\"\n", "3:13", "no address of its own", "add mail"},
      {device + "mail = \"d\"\nsubmit_to = \"mta.a.example\"\n", "3:8", "is not a mail address",
       "ani@kampus.example"},
      {device + "mail = \"d@a.example\"\nsubmit_to = \"mta.example\"\n", "4:13", "no host here",
       "did you mean \"mta.a.example\"?"},
      {device + "mail = \"d@a.example\"\nsubmit_to = \"mx.b.example\"\n", "4:13", "is no MTA",
       "role \"mta\""},
      {device +
           "address = \"d@a.example\"\nmail = \"d@a.example\"\nsubmit_to = \"mta.a.example\"\n",
       "3:11", "not a machine's IPv4 address", "stands in \"mail\""},
      {device + "mail = \"d@a.example\"\nsubmit_to = \"mta.a.example\"\noutbox_retry = \"0 s\"\n",
       "5:1", "less than a second", "1 s"},
      {fetch, "3:1", "[[device.fetch]] lacks its \"account\"", "add account"},
      {fetch + "account = \"budy@b.example\"\n", "4:11", "no account here",
       "did you mean \"budi@b.example\"?"},
      {fetch + "account = \"budi@b.example\"\nfrom = \"mta.a.example\"\n", "5:8",
       "serves no mailboxes", "role \"maa\""},
      {fetch + "account = \"budi@b.example\"\nlogin = \"plane\"\n", "5:9", "cannot be \"plane\"",
       "did you mean \"plain\"?"},
      {fetch + "account = \"budi@b.example\"\ntls = \"always\"\n", "5:7", "cannot be \"always\"",
       "known are: never, opportunistic, required, implicit"},
      {device + "tls = \"required\"\n[[device.fetch]]\naccount = \"budi@b.example\"\n", "3:1",
       "tls is for sending", "[[device.fetch]]"},
      {sending + "password = \"x\"\n", "5:1", "does not log in", "add auth"},
      {sending + "auth = \"plain\"\n", "5:1", "no password to log in with", "add password"},
      {sending + "auth = \"digest-md5\"\npassword = \"x\"\n", "5:8", "cannot be \"digest-md5\"",
       "cram-md5"},
      {fetch + "account = \"budi@b.example\"\nmode = \"kep\"\n", "5:8", "cannot be \"kep\"",
       "did you mean \"keep\"?"},
      {fetch + "account = \"budi@b.example\"\nmode = \"keep 0 days\"\n", "5:8",
       "cannot be \"keep 0 days\"", "did you mean \"keep 14 days\"?"},
      {fetch + "account = \"budi@b.example\"\nevery = \"1 ms\"\n", "5:1", "more than once a second",
       "by hand"},
      {fetch + "account = \"budi@b.example\"\n[[device.fetch]]\naccount = \"budi@b.example\"\n",
       "5:1", "fetches this account twice", "once"},
  });
}

TEST_CASE("More than 64 machines are refused", "[world][scenario]") {
  std::string many;
  for (int i = 0; i < 60; ++i) {
    many += fmt::format("[[host]]\nname = \"h{}.example\"\nroles = [\"mta\"]\n", i);
  }
  check_told({many, "21:8", "more than 64 machines", "nobody could follow"},
             replaced(kSmallScenario, "[[host]]\n", many + "[[host]]\n"), 60 * 3);
}

TEST_CASE("Mistakes in when and what of an [[event]] are told", "[world][scenario]") {
  const std::string poll = "poll = {device = \"phone\"}\n";
  check_appended({
      {"[[event]]\n" + poll, "1:1", "[[event]] lacks its \"at\"", "add at"},
      {"[[event]]\nat = 5\n" + poll, "2:6", "is a whole number", "a text"},
      {"[[event]]\nat = \"-5 s\"\n" + poll, "2:6", "lies in the past", "0 s"},
      {"[[event]]\nat = \"5 apples\"\n" + poll, "2:6", "\"apples\" is not a unit", "min"},
      {"[[event]]\nat = \"9999 d\"\n" + poll, "2:6", "too large", "3650 d"},
      {"[[event]]\nat = \"1 s\"\n", "1:1", "nothing happens", "compose, poll"},
      {event(poll + "read = {device = \"phone\"}"), "4:1", "both \"poll\" and \"read\"",
       "two [[event]]s"},
      {event("pol = {device = \"phone\"}\nread = {device = \"phone\"}"), "3:1", "has no \"pol\"",
       "did you mean \"poll\"?"},
      {event("poll = \"phone\""), "3:8", "is a text", "expected a table"},
      {event("poll = {}"), "3:8", "event.poll lacks its \"device\"", "add device"},
      {event("poll = {device = \"phon\"}"), "3:18", "no device here", "did you mean \"phone\"?"},
      {event("poll = {device = \"laptop\"}"), "3:9", "fetches no mail", "another device"},
      {event("poll = {device = \"phone\", account = \"budi@b.exampel\"}"), "3:37", "does not fetch",
       "did you mean \"budi@b.example\"?"},
      {event("read = {device = \"phone\", letter = 0}"), "3:36", "cannot be 0", "1 to"},
      {event("remove = {device = \"laptop\"}"), "3:11", "fetches no mail", "another device"},
      {event("mode = {device = \"phone\"}"), "3:8", "event.mode lacks its \"to\"", "add to"},
      {event("mode = {device = \"phone\", to = \"delet\"}"), "3:32", "cannot be \"delet\"",
       "did you mean \"delete\"?"},
  });
}

TEST_CASE("Mistakes in a mail that is composed are told", "[world][scenario]") {
  const std::string from_laptop = "compose = {device = \"laptop\", to = \"budi@b.example\", ";
  std::string hundred_and_one = "compose = {device = \"laptop\", to = [";
  for (int i = 0; i < 101; ++i) hundred_and_one += "\"budi@b.example\",";
  check_appended({
      {event("compose = {to = \"budi@b.example\"}"), "3:11", "lacks its \"device\"", "add device"},
      {event("compose = {device = \"phone\", to = \"budi@b.example\"}"), "3:12", "cannot send mail",
       "submit_to"},
      {event("compose = {device = \"laptop\"}"), "3:11", "lacks its \"to\"", "add to"},
      {event("compose = {device = \"laptop\", to = []}"), "3:36", "is empty", "at least one"},
      {event("compose = {device = \"laptop\", to = \"budi\"}"), "3:36", "is not a mail address",
       "budi@kantor.example"},
      {event(hundred_and_one + "]}"), "3:31", "101 recipients", "the most is 100"},
      {event(from_laptop + "subject = \"a\\r\\nBcc: x\"}"), "3:64", "control character",
       "one line"},
      {event(from_laptop + "eml = \"x.eml\"}"), "3:60", "there is no file x.eml", ""},
      {event(from_laptop + "eml = \"../x.eml\"}"), "3:60", "leads out of the lesson's folder",
       "beside the lesson"},
      {event(from_laptop + "eml = \"/etc/passwd\"}"), "3:60", "leads out", "beside the lesson"},
      {event(from_laptop + "eml = \"mails/../../x\"}"), "3:60", "leads out", "beside the lesson"},
      {event(from_laptop + "eml = \"mails/x.eml\", body = \"x\"}"), "3:75", "no \"body\" beside it",
       "keep one of eml and body"},
      {event(from_laptop + "fill = \"1 GB\"}"), "3:54", "the mail has 1000000000 octets",
       "the most is 32000000"},
  });
}

TEST_CASE("The mails of a file are bounded together", "[world][scenario]") {
  const std::string large =
      event("compose = {device = \"laptop\", to = \"budi@b.example\", fill = \"30 MB\"}");
  const ScenarioResult two = parse_text(kSmallScenario + large + large);
  CHECK(two.ok());
  check_appended({{large + large + large, "9:54", "too large together", "64000000"}});
}

TEST_CASE("Mistakes in faults, answers and cuts are told", "[world][scenario]") {
  const std::string at_mx = "between = [\"phone\", \"mx.b.example\"]";
  const std::string answer = "answer = {host = \"mta.a.example\", verb = \"RCPT\", reply = ";
  check_appended({
      {event("fault = {" + at_mx + "}"), "3:9", "event.fault lacks its \"kind\"", "add kind"},
      {event("fault = {kind = \"rest\", " + at_mx + "}"), "3:17", "cannot be \"rest\"",
       "did you mean \"reset\"?"},
      {event("fault = {kind = \"reset\"}"), "3:9", "between two machines or at one", "machine ="},
      {event("fault = {kind = \"reset\", machine = \"phone\", " + at_mx + "}"), "3:9",
       "between two machines or at one", "either"},
      {event("fault = {kind = \"reset\", machine = \"fone\"}"), "3:36", "no machine here",
       "did you mean \"phone\"?"},
      {event("fault = {kind = \"refuse\", after = \"1 B\", " + at_mx + "}"), "3:27",
       "has no \"after\"", "reset and stall"},
      {event("fault = {kind = \"slow\", " + at_mx + "}"), "3:9", "lacks its \"bandwidth\"",
       "add bandwidth"},
      {event("fault = {kind = \"stall\", bandwidth = \"1 B/s\", " + at_mx + "}"), "3:26",
       "has no \"bandwidth\"", "slow"},
      {event("fault = {kind = \"reset\", lasts = \"1 s\", " + at_mx + "}"), "3:26",
       "has no \"lasts\"", "stand now"},
      {event("fault = {kind = \"clear\", lasts = \"1 s\", " + at_mx + "}"), "3:26",
       "has no \"lasts\"", "begin"},
      {event("fault = {kind = \"refuse\", port = 70000, " + at_mx + "}"), "3:34", "cannot be 70000",
       "1 to 65535"},
      {event("answer = {host = \"mta.a.example\", verb = \"RCPT\"}"), "3:10", "lacks its \"reply\"",
       "add reply"},
      {event(answer + "\"later\"}"), "3:58", "no reply of SMTP or POP3", "451 4.7.1"},
      {event(answer + "\"354 go on\"}"), "3:58", "no reply of SMTP or POP3", "2xx, 4xx or 5xx"},
      {event(answer + "\"299 fine\"}"), "3:58", "\"299\" is no reply code of SMTP",
       "its second digit is 0 to 5"},
      {event(answer + "\"599 5.7.1 no\"}"), "3:58", "\"599\" is no reply code of SMTP", "RFC 5321"},
      {event(answer + "\"600 what\"}"), "3:58", "no reply of SMTP or POP3", ""},
      {event(answer + "\"451-later\"}"), "3:58", "no reply of SMTP or POP3", ""},
      {event(answer + "\"451 5.7.1 Never\"}"), "3:58", "of different classes", "with 4."},
      {event(answer + "\"-ERR no\"}"), "3:18", "speaks no POP3", "role \"maa\""},
      {event(answer + "\"451 x\", nth = 0}"), "3:73", "cannot be 0", "1 to"},
      {event("answer = {host = \"mta.a.example\", verb = \"RPCT\", reply = \"451 x\"}"), "3:42",
       "cannot be \"RPCT\"", "did you mean \"RCPT\"?"},
      {event("answer = {host = \"mx.b.example\", verb = \"STAT\", reply = \"-ERR\"}"), "3:41",
       "cannot be \"STAT\"", "known are: PASS, APOP"},
      {event("answer = {host = \"ns.example\", verb = \"RCPT\", reply = \"451 x\"}"), "3:18",
       "speaks no SMTP", "\"mta\" or \"mailbox\""},
      {event("cut = {host = \"mx.b.example\", verb = \"QUIT\"}"), "3:38",
       "a command of SMTP and of POP3", "protocol ="},
      {event("cut = {host = \"mx.b.example\", verb = \"DEL\"}"), "3:38", "knows no command \"DEL\"",
       "did you mean \"DELE\"?"},
      {event("cut = {host = \"mx.b.example\", verb = \"DELE\", protocol = \"smtp\"}"), "3:38",
       "there is no command \"DELE\"", ""},
      {event("cut = {host = \"mta.a.example\", verb = \"QUIT\", protocol = \"pop3\"}"), "3:47",
       "does not speak this protocol", "another host"},
      {event("cut = {host = \"mta.a.example\", verb = \"DELE\"}"), "3:39", "knows no command", ""},
  });
}

TEST_CASE("Several mistakes are told together, in the order of the file", "[world][scenario]") {
  const ScenarioResult result = parse_text(kSmallScenario + event("poll = {device = \"phon\"}") +
                                           "[[link]]\nbetween = [\"a\", \"b\"]\n[run]\nsede = 1\n");
  const std::vector<Error>& errors = result.errors();
  REQUIRE(errors.size() == 4);
  CHECK(errors[0].line == kSmallScenarioLines + 3);
  CHECK(errors[1].line == kSmallScenarioLines + 5);
  CHECK(errors[2].line == kSmallScenarioLines + 5);
  CHECK(errors[3].line == kSmallScenarioLines + 7);
  CHECK(errors[3].text() == "t.toml:30:1: [run] has no \"sede\"; did you mean \"seed\"?");
}

TEST_CASE("No more than twenty mistakes are told", "[world][scenario]") {
  std::string many = kSmallScenario;
  for (int i = 0; i < 100; ++i) many += event("poll = {device = \"phon\"}");
  CHECK(parse_text(many).errors().size() == 20);
}

TEST_CASE("Other people's text in a message can neither break nor flood it", "[world][scenario]") {
  const ScenarioResult result = parse_text(replaced(
      kSmallScenario, "\"mta.a.example\"", "\"\\u001b[31m" + std::string(5'000, 'x') + "\""));
  REQUIRE_FALSE(result.ok());
  for (const Error& error : result.errors()) {
    CHECK(error.text().size() < 300);
    CHECK(error.text().find('\x1b') == std::string::npos);
  }
}
