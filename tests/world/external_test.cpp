// Hosts that somebody else's server plays: read from a lesson, out of reach in virtual time, called
// on TCP. A second scenario on TCP is the somebody else.
#include <string>
#include <vector>

#include "journal/reducer.hpp"
#include "tests/support/payloads_of.hpp"
#include "visit.hpp"
#include "world/scenario_file.hpp"

namespace mailwalk::world {
namespace {

using journal::payload_if;
using test::LiveStage;

// Its machines have other addresses than those of the other scenario, which would not let itself be
// called from its own.
std::string lesson(const std::string& smtp, const std::string& pop3, const std::string& mode) {
  return R"([lesson]
id = "calls"
[[host]]
name = "mta.a.example"
roles = ["mta"]
address = "198.51.100.1"
[[host]]
name = "mx.b.example"
roles = ["mailbox"]
address = "198.51.100.2"
external = ")" +
         smtp + R"("
[[host]]
name = "pop.b.example"
roles = ["mailbox", "maa"]
address = "198.51.100.3"
external = ")" +
         pop3 + R"("
[[host]]
name = "ns.example"
roles = ["names"]
address = "198.51.100.4"
[[account]]
address = "budi@b.example"
password = "rahasia"
host = "mx.b.example"
[[device]]
name = "laptop"
address = "198.51.100.5"
mail = "ani@a.example"
submit_to = "mta.a.example"
[[device.fetch]]
account = "budi@b.example"
from = "pop.b.example"
mode = ")" +
         mode + R"("
every = "1 s"
[[event]]
at = "0 s"
compose = {device = "laptop", to = "budi@b.example", subject = "out", body = ".\n..\nx"}
)";
}

ScenarioResult read(const std::string& text) {
  return parse_scenario(text, "calls.toml",
                        [](const std::string&) { return Result<Bytes>(Bytes{}); });
}

Scenario calling(const std::string& smtp, const std::string& pop3, const std::string& mode) {
  ScenarioResult result = read(lesson(smtp, pop3, mode));
  for (const Error& error : result.errors()) UNSCOPED_INFO(error.text());
  REQUIRE(result.ok());
  return std::move(*result);
}

}  // namespace

TEST_CASE("An external host is read, with its mistakes", "[world][external][scenario]") {
  const Scenario scenario = calling("127.0.0.1:2500", "127.0.0.2:1100", "keep");
  REQUIRE(scenario.hosts[1].external);
  CHECK(scenario.hosts[1].external->text() == "127.0.0.1:2500");
  CHECK_FALSE(scenario.hosts[0].external);
  for (const char* bad : {"", "here", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536",
                          "0.0.0.0:25", "127.0.0.1:25 ", "[::1]:25"}) {
    INFO(bad);
    const ScenarioResult result = read(lesson(bad, "127.0.0.2:1100", "keep"));
    REQUIRE(result.errors().size() == 1);
    CHECK(result.errors().front().line == 11);
  }
  const ScenarioResult strange = read(R"([lesson]
id = "x"
[[host]]
name = "ns.example"
roles = ["names", "mta"]
external = "127.0.0.1:2500"
mta = {retry_min = "1 min"}
)");
  REQUIRE(strange.errors().size() == 2);
}

TEST_CASE("In virtual time nobody reaches an external host, and the mail waits",
          "[world][external]") {
  World world(calling("127.0.0.1:2500", "127.0.0.2:1100", "keep"));
  for (int steps = 0; steps < 2'000 && world.step(); ++steps) {
  }
  REQUIRE_FALSE(world.trouble());
  const auto settled = test::payloads_of<journal::RecipientSettled>(world.journal());
  REQUIRE_FALSE(settled.empty());
  CHECK(settled.front().outcome == journal::Outcome::Deferred);
  CHECK(settled.front().trouble == journal::Trouble::HostUnreachable);
  const auto polls = test::payloads_of<journal::PollFinished>(world.journal());
  REQUIRE_FALSE(polls.empty());
  CHECK(polls.front().trouble == journal::Trouble::HostUnreachable);
}

TEST_CASE("On TCP a mail goes to an external host and is fetched from one",
          "[world][external][tcp]") {
  for (const std::string mode : {"keep", "delete"}) {
    INFO(mode);
    LiveStage others(test::place());
    LiveStage ours(calling(others.door("mx.b.example", kSmtpPort).text(),
                           others.door("mx.b.example", kPop3Port).text(), mode));
    const journal::Journal& journal = ours.run.world().journal();
    const auto stored = [&] { return test::payloads_of<journal::LetterStored>(journal); };
    const auto polls = [&] { return test::payloads_of<journal::PollFinished>(journal).size(); };
    std::size_t polls_then = 0;
    for (int turns = 0; turns < 5'000; ++turns) {
      ours.go_on_for_a_moment();
      others.go_on_for_a_moment();
      if (stored().empty()) polls_then = polls();
      if (!stored().empty() && polls() >= polls_then + 3) break;
    }
    REQUIRE(stored().size() == 1);
    const auto composed = test::payloads_of<journal::MailComposed>(journal);
    REQUIRE(composed.size() == 1);
    const std::string_view arrived = stored().front().content.view();
    CHECK(arrived.ends_with(composed.front().content.view()));
    CHECK(test::payloads_of<journal::MailDequeued>(journal).size() == 1);
    CHECK(test::letters_of_budi(others) == (mode == "keep" ? 1 : 0));
    // The machines outside have events of their own, and what they said is told.
    const journal::WorldView view = journal::view_at_end(journal);
    for (const auto& [id, machine] : view.machines) CHECK(machine->queue.empty());
    int greetings = 0;
    for (const auto& reply : test::payloads_of<journal::ReplyReceived>(journal)) {
      greetings += reply.text.view().starts_with("220 mx.b.example ESMTP") ? 1 : 0;
    }
    CHECK(greetings == 1);
  }
}

TEST_CASE("A server on another computer is called only if that is asked for",
          "[world][external][tcp]") {
  const Scenario far = calling("198.18.0.1:25", "127.0.0.2:1100", "keep");
  LiveRun refused(far, test::free_ports());
  REQUIRE(refused.trouble() != nullptr);
  CHECK_THAT(refused.trouble()->text(), ContainsSubstring("which is not this computer"));
  net::TcpOptions options = test::free_ports();
  options.reach = net::Reach::Anywhere;
  LiveStage allowed(far, options);
  // And no program outside gets there through us.
  test::Visit visit(allowed, "mta.a.example", kSmtpPort);
  visit.line();
  visit.command("HELO pc.example");
  visit.command("MAIL FROM:<x@elsewhere.example>");
  CHECK(visit.command("RCPT TO:<budi@b.example>").substr(0, 9) == "550 5.7.1");
}

TEST_CASE("Mail for an external host on this computer is taken from outside",
          "[world][external][tcp]") {
  LiveStage stage(calling("127.0.0.1:2500", "127.0.0.2:1100", "keep"));
  test::Visit visit(stage, "mta.a.example", kSmtpPort);
  visit.line();
  visit.command("HELO pc.example");
  visit.command("MAIL FROM:<x@elsewhere.example>");
  CHECK(visit.command("RCPT TO:<budi@b.example>").substr(0, 4) == "250 ");
  CHECK(visit.command("RCPT TO:<x@elsewhere.test>").substr(0, 9) == "550 5.7.1");
}

}  // namespace mailwalk::world
