// The outbox keeps a mail until the MTA has taken it, or has refused it for good.
#include "play.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

const nodes::UserAgent& laptop(Play& play) {
  return *play.world().find("laptop")->user_agent;
}

std::string mta_fails(const std::string& kind, const std::string& lasts) {
  return event("0 s", R"(fault = {kind = ")" + kind + R"(", machine = "mta.a.example", lasts = ")" +
                          lasts + "\"}");
}

}  // namespace

TEST_CASE("The outbox keeps the mail while the MTA is down, and sends it later", "[nodes]") {
  for (const std::string kind : {"refuse", "unreachable", "stall"}) {
    INFO(kind);
    Play play(kPost + kBudi + mta_fails(kind, "12 min") + letter("1 s", "budi@b.example"));
    play.run_until(minutes(11));
    CHECK(laptop(play).outbox().size() == 1);
    CHECK(play.all<journal::SubmissionDeferred>().size() >= 2);
    play.run();
    CHECK(laptop(play).outbox().empty());
    CHECK(play.delivered("budi").size() == 1);
    CHECK(play.world().find("laptop")->store->sent().size() == 1);
  }
}

TEST_CASE("The outbox sends again what was cut off before the MTA had taken it",
          "[nodes][faults]") {
  Play play(kPost + kBudi + event("0 s", R"(cut = {host = "mta.a.example", verb = "DATA"})") +
            letter("1 s", "budi@b.example"));
  play.run();
  CHECK(play.all<journal::SubmissionDeferred>().size() == 1);
  CHECK(play.delivered("budi").size() == 1);
  CHECK(laptop(play).outbox().empty());
}

TEST_CASE("A mail that the MTA puts off waits in the outbox", "[nodes]") {
  Play play(
      kPost + kBudi +
      event("0 s", R"(answer = {host = "mta.a.example", verb = "MAIL", reply = "451 later"})") +
      letter("1 s", "budi@b.example"));
  play.run_until(minutes(4));
  REQUIRE(laptop(play).outbox().size() == 1);
  CHECK(laptop(play).outbox().begin()->second.standing == nodes::UserAgent::Standing::Waiting);
  play.run();
  CHECK(play.delivered("budi").size() == 1);
}

TEST_CASE("A mail that is refused for good stays in the outbox with the reason", "[nodes]") {
  struct Row {
    const char* what;
    std::string mail;
    const char* reason;
  };
  const std::vector<Row> rows = {
      {"a line of 1001 octets", "Subject: x\r\n\r\n" + std::string(1'001, 'x') + "\r\n", "5.6."},
      {"a bare CR", "Subject: x\r\n\r\nHai\rHo\r\n", "5.6.0"},
      {"a bare LF", "Subject: x\r\n\r\nHai\nHo\r\n", "5.6.0"},
      {"what smugglers do", "Subject: x\r\n\r\nHai\n.\r\nMAIL FROM:<x@y.example>\r\n", "5.6.0"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    world::Scenario scenario = scenario_of(kPost + kBudi);
    send_raw(scenario, {}, {"budi@b.example"}, row.mail);
    Play play(scenario);
    play.run();
    CHECK(play.all<journal::MailQueued>().empty());
    REQUIRE(laptop(play).outbox().size() == 1);
    CHECK(laptop(play).outbox().begin()->second.standing == nodes::UserAgent::Standing::Refused);
    REQUIRE(play.all<journal::MailRefused>().size() == 1);
    const auto& refused =
        *journal::payload_if<journal::MailRefused>(*play.all<journal::MailRefused>()[0]);
    CHECK_THAT(std::string(refused.reason.view()), ContainsSubstring(row.reason));
    CHECK(play.world().find("laptop")->store->sent().empty());
    CHECK(play.world().now() < VirtualTime{} + minutes(6));  // and it is not tried again
  }
}

TEST_CASE("A mail larger than the MTA takes is refused before its content is sent", "[nodes]") {
  std::string text = kPost + kBudi;
  const std::string roles = "roles = [\"mta\"]\n";
  text.insert(text.find(roles) + roles.size(), "smtp = {max_message = \"1 KB\"}\n");
  Play play(text + letter("0 s", "budi@b.example", R"(, fill = "2 KB")"));
  play.run();
  CHECK(play.all<journal::ContentSent>().empty());
  REQUIRE(play.all<journal::MailRefused>().size() == 1);
  const auto& refused =
      *journal::payload_if<journal::MailRefused>(*play.all<journal::MailRefused>()[0]);
  CHECK_THAT(std::string(refused.reason.view()), ContainsSubstring("5.3.4"));
}

TEST_CASE("What some recipients were refused for does not hold back the others", "[nodes]") {
  Play play(
      kPost + kBudi +
      event("0 s", R"(answer = {host = "mta.a.example", verb = "RCPT", reply = "550 5.1.1 no"})") +
      letter("1 s", R"(cici@b.example", "budi@b.example)"));
  play.run();
  CHECK(play.delivered("budi").size() == 1);
  CHECK(play.all<journal::MailRefused>().size() == 1);
  CHECK(play.world().find("laptop")->store->sent().size() == 1);
}

TEST_CASE("An outbox asks less and less often, and the run waits a day for it, no longer",
          "[nodes]") {
  Play play(kPost + kBudi +
            event("0 s", R"(fault = {kind = "refuse", machine = "mta.a.example"})") +
            letter("1 s", "budi@b.example"));
  play.run();
  REQUIRE(laptop(play).outbox().size() == 1);
  CHECK(laptop(play).outbox().begin()->second.standing == nodes::UserAgent::Standing::Waiting);
  CHECK(play.world().now() >= VirtualTime{} + days(1));
  CHECK(play.world().now() < VirtualTime{} + days(2));
  const auto tries = play.all<journal::SubmissionDeferred>();
  REQUIRE(tries.size() > 3);
  CHECK(tries.size() < 40);
  for (std::size_t i = 2; i < tries.size(); ++i) {
    CHECK(tries[i]->time - tries[i - 1]->time >= tries[i - 1]->time - tries[i - 2]->time);
  }
}
