// Whose mail a server takes, and how long it waits for somebody who says nothing.
#include "play.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

// The reply to the last line that was typed.
std::string last_reply(const std::string& heard) {
  const std::size_t end = heard.size() - 2;
  return heard.substr(heard.rfind("\r\n", end - 1) + 2, end - heard.rfind("\r\n", end - 1) - 2);
}

}  // namespace

TEST_CASE("S29, S30, S33: what a server says to RCPT from an outsider", "[nodes][mta]") {
  struct Row {
    const char* what;
    const char* host;
    const char* recipient;
    const char* reply;
  };
  const std::vector<Row> rows = {
      {"a mailbox of its own", "mx.b.example", "budi@b.example", "250 2.1.5"},
      {"in another case", "mx.b.example", "BUDI@B.Example", "250 2.1.5"},
      {"nobody", "mx.b.example", "nobody@b.example", "550 5.1.1"},
      {"S29 postmaster", "mx.b.example", "Postmaster", "250 2.1.5"},
      {"S29 postmaster in another case", "mx.b.example", "pOSTMASTER", "250 2.1.5"},
      {"S29 postmaster of a relay", "mta.a.example", "postmaster", "250 2.1.5"},
      {"S30 postmaster of its domain", "mx.b.example", "postmaster@b.example", "250 2.1.5"},
      {"S33 another domain", "mx.b.example", "cici@c.example", "550 5.7.1"},
      {"S33 an open relay is refused", "mta.a.example", "budi@b.example", "550 5.7.1"},
      {"S33 also postmaster elsewhere", "mta.a.example", "postmaster@b.example", "550 5.7.1"},
      {"S33 a source route helps nobody", "mta.a.example", "@mta.a.example:budi@b.example",
       "550 5.7.1"},
      {"S33 a percent sign helps nobody", "mx.b.example", "budi%c.example@b.example", "550 5.1.1"},
  };
  for (const Row& row : rows) {
    for (const Port port : {kSmtpPort, kSubmissionPort}) {
      if (port == kSubmissionPort && std::string(row.host) != "mta.a.example") continue;
      INFO(row.what << ", port " << port.value());
      Play play(kPost + kBudi);
      const auto& caller = play.type_at(row.host, port,
                                        {"EHLO out.example", "MAIL FROM:<x@out.example>",
                                         std::string("RCPT TO:<") + row.recipient + ">"});
      // After the reply the outsider says nothing, until the server ends it.
      const std::string heard = caller.heard().substr(0, caller.heard().rfind("421 4.4.2"));
      CHECK_THAT(last_reply(heard), ContainsSubstring(row.reply));
      CHECK(last_reply(heard).starts_with(row.reply));
    }
  }
}

TEST_CASE("S29: mail for the postmaster of a relay reaches somebody who reads it", "[nodes][mta]") {
  Play play(kPost);
  play.type_at("mta.a.example", kSmtpPort,
               {"EHLO out.example", "MAIL FROM:<x@out.example>", "RCPT TO:<postmaster>", "DATA",
                "Subject: help\r\n\r\nHai\r\n.", "QUIT"});
  CHECK(play.delivered("ani").size() == 1);
}

TEST_CASE("S29: postmaster has a mailbox also where nobody else has one", "[nodes]") {
  Play play(kPost + R"([[host]]
name = "mx.d.example"
roles = ["mailbox"]
mailbox = {domains = ["d.example"]}
)");
  for (const char* recipient : {"postmaster", "Postmaster@d.example"}) {
    play.type_at("mx.d.example", kSmtpPort,
                 {"EHLO out.example", "MAIL FROM:<x@out.example>",
                  std::string("RCPT TO:<") + recipient + ">", "DATA",
                  "Subject: help\r\n\r\nHai\r\n.", "QUIT"});
  }
  CHECK(play.delivered("postmaster").size() == 2);
}

TEST_CASE("S33: an MTA takes mail for any domain from the machines it works for", "[nodes][mta]") {
  Play play(kPost + kBudi + letter("0 s", "budi@b.example"));
  play.run();
  CHECK(play.delivered("budi").size() == 1);
}

TEST_CASE("S74: a line that is cut in the middle of the content delivers nothing", "[nodes]") {
  Play play(kPost + kBudi);
  // The dot of the first lines ends nothing; then the line breaks.
  play.type_at("mx.b.example", kSmtpPort,
               {"EHLO out.example", "MAIL FROM:<x@out.example>", "RCPT TO:<budi@b.example>", "DATA",
                "Subject: half\r\n\r\nHai\r\n..", std::string(StandInCaller::kCut)});
  play.run();
  CHECK(play.delivered("budi").empty());
  CHECK(play.letters_at("mx.b.example", "budi") == 0);
}

TEST_CASE("T01: an SMTP server says 421 4.4.2 to a client that is silent for 5 minutes, and closes",
          "[nodes]") {
  for (const char* host : {"mta.a.example", "mx.b.example"}) {
    INFO(host);
    Play play(kPost + kBudi);
    const auto& caller = play.type_at(host, kSmtpPort, {"EHLO out.example"});
    CHECK(last_reply(caller.heard()).starts_with("421 4.4.2 "));
    CHECK(caller.line_is_closed());
    CHECK(play.world().now() >= VirtualTime{} + minutes(5));
    CHECK(play.world().now() < VirtualTime{} + minutes(5) + seconds(1));
  }
}

TEST_CASE(
    "T02: a POP3 server leaves a client that is silent for 10 minutes without a word or an UPDATE",
    "[nodes][pop3]") {
  Play play(kPost + kBudi + letter("0 s", "budi@b.example"));
  play.run();
  REQUIRE(play.letters_at("mx.b.example", "budi") == 1);
  const VirtualTime begun = play.world().now();
  const auto& caller =
      play.type_at("mx.b.example", kPop3Port, {"USER budi", "PASS rahasia", "DELE 1"});
  CHECK(last_reply(caller.heard()).starts_with("+OK"));
  CHECK(count(caller.heard(), "+OK") == 4);
  CHECK(caller.line_is_closed());
  CHECK(play.letters_at("mx.b.example", "budi") == 1);
  CHECK(play.world().now() - begun >= minutes(10));
  CHECK(play.world().now() - begun < minutes(10) + seconds(1));
  CHECK_FALSE(play.world().find("mx.b.example")->mailbox_server->find("budi")->drop.lock_holder());
}
