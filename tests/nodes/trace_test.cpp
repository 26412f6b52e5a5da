// What a mail collects on its way: Received, Return-Path, and what was missing (RFC 5321
// section 4.4).
#include "mail/message.hpp"
#include "play.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

// Ani, her MTA, a relay, Budi's server.
const std::string kRelay = R"([[host]]
name = "relay.a.example"
roles = ["mta"]
)";

std::string with_relay() {
  std::string text = kPost;
  const std::string roles = "roles = [\"mta\"]\n";
  text.insert(text.find(roles) + roles.size(), "mta = {next_hop = \"relay.a.example\"}\n");
  return text + kRelay + kBudi;
}

std::string looped_mail(std::size_t hops) {
  std::string mail;
  for (std::size_t i = 0; i < hops; ++i) mail += "Received: from x by y; today\r\n";
  return mail + "Subject: round and round\r\n\r\nHai\r\n";
}

// What somebody types to hand in this content.
std::vector<std::string> typed(const std::string& content) {
  return {"EHLO out.example",
          "MAIL FROM:<x@out.example>",
          "RCPT TO:<budi@b.example>",
          "DATA",
          content + ".",
          "QUIT"};
}

}  // namespace

TEST_CASE("S70, Q28: each hop adds one Received field on top, with its own name, id and date",
          "[nodes][mta]") {
  Play play(with_relay() + letter("0 s", "budi@b.example"));
  play.run();
  REQUIRE(play.delivered("budi").size() == 1);
  const mail::Message mail{Bytes(play.delivered("budi")[0])};
  REQUIRE(mail.count("Received") == 3);
  const struct {
    const char* from;
    const char* by;
  } hops[] = {{"relay.a.example", "mx.b.example"},
              {"mta.a.example", "relay.a.example"},
              {"[192.0.2.", "mta.a.example"}};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string received(mail.fields()[i + 1].value());
    INFO(received);
    CHECK(mail.fields()[i + 1].name == "Received");
    CHECK_THAT(received, ContainsSubstring(std::string("from ") + hops[i].from));
    CHECK_THAT(received, ContainsSubstring(" ([192.0.2."));
    CHECK_THAT(received, ContainsSubstring(std::string("by ") + hops[i].by + " with ESMTP id "));
    CHECK_THAT(received, ContainsSubstring("for <budi@b.example>; Mon, 05 Jan 2026 09:00:0"));
  }
}

TEST_CASE("S71: a mail that came after HELO was received with SMTP", "[nodes]") {
  Play play(kPost + kBudi);
  play.type_at("mx.b.example", kSmtpPort,
               {"HELO out.example", "MAIL FROM:<x@out.example>", "RCPT TO:<budi@b.example>", "DATA",
                "Subject: x\r\n\r\nHai\r\n.", "QUIT"});
  REQUIRE(play.delivered("budi").size() == 1);
  CHECK_THAT(play.delivered("budi")[0], ContainsSubstring("by mx.b.example with SMTP id "));
}

TEST_CASE("S72, Q28: Return-Path stands on top at final delivery only, and forged ones are gone",
          "[nodes][mta]") {
  world::Scenario scenario = scenario_of(with_relay());
  send_raw(scenario, {}, {"budi@b.example"},
           "Return-Path: <liar@evil.example>\r\nSubject: x\r\nreturn-path: <liar@evil.example>\r\n"
           "\r\nHai\r\n");
  Play play(scenario);
  play.run();
  REQUIRE(play.delivered("budi").size() == 1);
  const std::string letter = play.delivered("budi")[0];
  CHECK(letter.starts_with("Return-Path: <ani@a.example>\r\nReceived: "));
  CHECK(count(letter, "eturn-") == 1);
  CHECK(count(letter, "liar") == 0);
  // No MTA on the way has put one in.
  for (const journal::Event* event : play.all<journal::MailQueued>()) {
    const auto& queued = *journal::payload_if<journal::MailQueued>(*event);
    CHECK(count(queued.content.view(), "Return-Path: <ani@a.example>") == 0);
  }
}

TEST_CASE("S72: a mail from the null sender has the null Return-Path", "[nodes]") {
  Play play(kPost + kBudi);
  play.type_at("mx.b.example", kSmtpPort,
               {"EHLO out.example", "MAIL FROM:<>", "RCPT TO:<budi@b.example>", "DATA",
                "Subject: x\r\n\r\nHai\r\n.", "QUIT"});
  REQUIRE(play.delivered("budi").size() == 1);
  CHECK(play.delivered("budi")[0].starts_with("Return-Path: <>\r\nReceived: "));
}

TEST_CASE("S73, Q29: a mail with more than 100 Received fields is refused with 5.4.6",
          "[nodes][mta]") {
  struct Row {
    const char* host;
    std::size_t hops;
    bool taken;
  };
  const std::vector<Row> rows = {{"mx.b.example", 100, true}, {"mx.b.example", 101, false}};
  for (const Row& row : rows) {
    INFO(row.hops << " at " << row.host);
    Play play(kPost + kBudi);
    const std::string heard =
        play.type_at(row.host, kSmtpPort, typed(looped_mail(row.hops))).heard();
    CHECK(play.delivered("budi").size() == (row.taken ? 1U : 0U));
    if (!row.taken) CHECK_THAT(heard, ContainsSubstring("554 5.4.6 "));
  }
}

TEST_CASE("Q29: two MTAs that send each other a mail stop after 100 hops, and its sender is told",
          "[nodes][mta]") {
  // c.example's mail goes to one of them, which hands everything to the other, and so on.
  std::string text = kPost;
  const std::string roles = "roles = [\"mta\"]\n";
  text.insert(text.find(roles) + roles.size(),
              "mta = {next_hop = \"relay.a.example\", relay_domains = [\"a.example\"], "
              "relays_for = [\"laptop\", \"relay.a.example\"]}\n");
  text += R"([[host]]
name = "relay.a.example"
roles = ["mta"]
mta = {next_hop = "mta.a.example", relays_for = ["mta.a.example"]}
)";
  Play play(text + letter("0 s", "budi@c.example"));
  play.run();
  // The notice of the loop goes in circles, too, and nobody is told of that.
  const auto bounced = play.all<journal::MailBounced>();
  REQUIRE(bounced.size() == 2);
  CHECK(journal::payload_if<journal::MailBounced>(*bounced[0])->notice.value() != 0);
  CHECK(journal::payload_if<journal::MailBounced>(*bounced[1])->notice.value() == 0);
  CHECK(play.bounces().at(0).recipients.at(0).status.text() == "5.4.6");
  CHECK(play.world().find("mta.a.example")->mta->queue().entries().empty());
  CHECK(play.world().find("relay.a.example")->mta->queue().entries().empty());
}

TEST_CASE("Q31: the MTA adds the Date and Message-ID that a user agent forgot, and only these",
          "[nodes][mta]") {
  struct Row {
    const char* what;
    const char* mail;
    std::size_t dates, ids;
  };
  const std::vector<Row> rows = {
      {"neither is there", "Subject: x\r\n\r\nHai\r\n", 1, 1},
      {"a date is there", "Date: Mon, 05 Jan 2026 08:00:00 +0700\r\n\r\nHai\r\n", 1, 1},
      {"both are there", "DATE: today\r\nMESSAGE-id: <1@x>\r\n\r\nHai\r\n", 1, 1},
  };
  const std::string one_machine = R"([lesson]
id = "one"
[[host]]
name = "mail.a.example"
roles = ["mta", "mailbox", "names"]
[[account]]
address = "budi@b.example"
password = "rahasia"
[[device]]
name = "laptop"
mail = "ani@a.example"
submit_to = "mail.a.example"
)";
  for (const Row& row : rows) {
    for (const std::string& text : {kPost + kBudi, one_machine}) {
      INFO(row.what << (text == one_machine ? ", on one machine" : ""));
      world::Scenario scenario = scenario_of(text);
      send_raw(scenario, {}, {"budi@b.example"}, row.mail);
      Play play(scenario);
      play.run();
      REQUIRE(play.delivered("budi").size() == 1);
      const mail::Message mail{Bytes(play.delivered("budi")[0])};
      CHECK(mail.count("Date") == row.dates);
      CHECK(mail.count("Message-ID") == row.ids);
      CHECK(std::string(mail.raw().view()).ends_with(row.mail));
    }
  }
}

TEST_CASE("Q31: Message-IDs that the MTA adds differ, also in the same second", "[nodes][mta]") {
  world::Scenario scenario = scenario_of(kPost + kBudi);
  for (int i = 0; i < 3; ++i)
    send_raw(scenario, {}, {"budi@b.example"}, "Subject: x\r\n\r\nHai\r\n");
  Play play(scenario);
  play.run();
  std::vector<std::string> ids;
  for (const std::string& letter : play.delivered("budi")) {
    ids.emplace_back(mail::Message(Bytes(letter)).find("Message-ID")->value());
  }
  REQUIRE(ids.size() == 3);
  CHECK(ids[0] != ids[1]);
  CHECK(ids[1] != ids[2]);
  CHECK(ids[0] != ids[2]);
}

TEST_CASE("Q31: the mail of another MTA is not completed", "[nodes][mta]") {
  Play play(kPost + kBudi);
  play.type_at("mx.b.example", kSmtpPort,
               {"EHLO out.example", "MAIL FROM:<x@out.example>", "RCPT TO:<budi@b.example>", "DATA",
                "Subject: x\r\n\r\nHai\r\n.", "QUIT"});
  const mail::Message mail{Bytes(play.delivered("budi").at(0))};
  CHECK(mail.count("Date") == 0);
  CHECK(mail.count("Message-ID") == 0);
}
