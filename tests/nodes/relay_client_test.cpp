// How an MTA speaks to other people's servers.
#include <algorithm>

#include "play.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

const std::string kC = mail_domain("c.example", {{10, 1}});
const std::string kRelayedLetter = letter("0 s", "budi@c.example");

// Lines that begin so.
Words lines_with(const StandInServer& server, const std::string& verb) {
  Words lines;
  for (const std::string& line : server.lines()) {
    if (line.starts_with(verb)) lines.push_back(line);
  }
  return lines;
}

}  // namespace

TEST_CASE("Q16: how long an MTA waits for each reply", "[nodes][mta]") {
  struct Row {
    const char* verb;  // empty: the greeting
    Duration waits;
  };
  const std::vector<Row> rows = {{"", minutes(5)},     {"EHLO", minutes(5)}, {"MAIL", minutes(5)},
                                 {"RCPT", minutes(5)}, {"DATA", minutes(2)}, {".", minutes(10)}};
  for (const Row& row : rows) {
    INFO("silent at " << (row.verb[0] == '\0' ? "the greeting" : row.verb));
    Manners silent;
    if (row.verb[0] == '\0') {
      silent.greeting = "";
    } else {
      silent.replies[row.verb] = "";
    }
    Play play(kPost + kC + kRelayedLetter, {silent});
    play.run_until(minutes(20));
    const auto settled = play.all<journal::RecipientSettled>();
    REQUIRE(settled.size() == 1);
    const Duration waited = settled[0]->time - VirtualTime{};
    CHECK(waited >= row.waits);
    CHECK(waited < row.waits + seconds(2));
  }
}

TEST_CASE("Q24: a server that does not know EHLO is greeted with HELO", "[nodes][mta]") {
  Play play(kPost + kC + kRelayedLetter, {says("EHLO", "500 what?")});
  play.run();
  CHECK(play.server(1).lines().at(0) == "EHLO mta.a.example");
  CHECK(play.server(1).lines().at(1) == "HELO mta.a.example");
  CHECK(play.server(1).mails().size() == 1);
}

TEST_CASE("Q25: SIZE and BODY are sent to those who offer them only", "[nodes][mta]") {
  struct Row {
    const char* ehlo;
    bool size, body;
  };
  const std::vector<Row> rows = {
      {"250 m1", false, false},
      {"250-m1\r\n250 SIZE 1000000", true, false},
      {"250-m1\r\n250-8BITMIME\r\n250 SIZE 1000000", true, true},
  };
  for (const Row& row : rows) {
    INFO(row.ehlo);
    Play play(kPost + kC + letter("0 s", "budi@c.example", ", body = \"h\u00e9\""),
              {says("EHLO", row.ehlo)});
    play.run();
    const Words mail = lines_with(play.server(1), "MAIL");
    // A mail with 8-bit octets does not go to a server that cannot take them.
    if (!row.body) {
      CHECK(play.settled().front() == "budi@c.example Failed");
      CHECK(play.bounces().at(0).recipients.at(0).status.text() == "5.6.3");
      continue;
    }
    CHECK(count(mail.at(0), "SIZE=") == (row.size ? 1U : 0U));
    CHECK(count(mail.at(0), "BODY=8BITMIME") == (row.body ? 1U : 0U));
  }
  Play plain(kPost + kC + kRelayedLetter, {says("EHLO", "250 m1")});
  plain.run();
  CHECK(lines_with(plain.server(1), "MAIL") == Words{"MAIL FROM:<ani@a.example>"});
}

TEST_CASE("Q25: commands go out in one group where PIPELINING is offered, one by one elsewhere",
          "[nodes][mta]") {
  for (const bool offered : {false, true}) {
    INFO((offered ? "offered" : "not offered"));
    Play play(kPost + kC + kRelayedLetter,
              {says("EHLO", offered ? "250-m1\r\n250 PIPELINING" : "250 m1")});
    play.run();
    bool group = false;
    for (const journal::Event* event : play.all<journal::BytesSent>()) {
      const auto& sent = *journal::payload_if<journal::BytesSent>(*event);
      if (event->node != play.world().find("mta.a.example")->machine->id()) continue;
      group |= count(sent.bytes.view(), "MAIL") + count(sent.bytes.view(), "\r\nRCPT") == 2;
    }
    CHECK(group == offered);
    CHECK(play.server(1).mails().size() == 1);
  }
}

TEST_CASE(
    "Q26: if all recipients are refused and 354 still comes, a lone dot is sent and 250 ignored",
    "[nodes][mta]") {
  Manners odd = says("EHLO", "250-m1\r\n250 PIPELINING");
  odd.replies["RCPT"] = "550 5.1.1 who?";
  Play play(kPost + kC + kRelayedLetter, {odd});
  play.run();
  CHECK(play.server(1).mails() == Words{""});
  CHECK(play.settled().front() == "budi@c.example Failed");
  CHECK(play.bounces().at(0).recipients.at(0).status.text() == "5.1.1");
}

TEST_CASE("Q30: recipients of one domain share a transaction, those of different domains do not",
          "[nodes][mta]") {
  Play play(kPost + kC + mail_domain("d.example", {{10, 2}}) +
                letter("0 s", R"(budi@c.example", "dedi@d.example", "cici@C.example)"),
            {{}, {}});
  play.run();
  CHECK(lines_with(play.server(1), "RCPT") ==
        Words{"RCPT TO:<budi@c.example>", "RCPT TO:<cici@C.example>"});
  CHECK(lines_with(play.server(2), "RCPT") == Words{"RCPT TO:<dedi@d.example>"});
  CHECK(play.server(1).mails().size() == 1);
  CHECK(play.server(2).mails().size() == 1);
}

TEST_CASE(
    "Q04: only the recipients that were put off are offered to the next host, and tried later",
    "[nodes][mta]") {
  Play play(kPost + kBudi +
            event("0 s", R"(answer = {host = "mx.b.example", verb = "RCPT", nth = 2, )"
                         R"(reply = "450 4.2.1 later"})") +
            letter("1 s", R"(budi@b.example", "postmaster@b.example)"));
  play.run();
  CHECK(play.settled() == Words{"budi@b.example Relayed", "postmaster@b.example Deferred",
                                "postmaster@b.example Relayed"});
  CHECK(play.delivered("budi").size() == 2);  // he is the postmaster, too
}

TEST_CASE("Q31a: a line of more than 998 octets is refused where it is handed in", "[nodes][mta]") {
  for (const std::size_t octets : {998U, 999U}) {
    INFO("a line of " << octets << " octets");
    world::Scenario scenario = scenario_of(kPost + kBudi);
    send_raw(scenario, {}, {"budi@b.example"},
             "Subject: x\r\n\r\n" + std::string(octets, 'x') + "\r\n");
    Play play(scenario);
    play.run();
    CHECK(play.delivered("budi").size() == (octets == 998 ? 1U : 0U));
    CHECK(play.all<journal::MailRefused>().size() == (octets == 998 ? 0U : 1U));
  }
}

TEST_CASE("A handshake that fails keeps no mail back where TLS is only preferred",
          "[nodes][mta][tls]") {
  struct Row {
    tls::Wish wish;
    std::size_t mails;
  };
  for (const Row& row : {Row{tls::Wish::Opportunistic, 1}, Row{tls::Wish::Required, 0}}) {
    world::Scenario scenario = scenario_of(kPost + kC + kRelayedLetter);
    scenario.hosts.front().mta->tls = row.wish;
    Manners pretends = says("EHLO", "250-m1\r\n250 STARTTLS");
    pretends.replies["STARTTLS"] = "220 go ahead";  // and then it knows nothing of TLS
    Play play(std::move(scenario), {pretends});
    play.run_until(minutes(30));
    CHECK(play.server(1).mails().size() == row.mails);
    const auto broken = play.all<journal::TlsBroken>();
    REQUIRE_FALSE(broken.empty());
    if (row.mails == 0) continue;
    CHECK(broken.size() == 1);
    CHECK(lines_with(play.server(1), "STARTTLS").size() == 1);
    const auto calls = play.all<journal::RelayBegun>();
    REQUIRE(calls.size() == 2);
    CHECK(broken[0]->position.value() < calls[1]->position.value());
    CHECK(broken[0]->connection == calls[0]->connection);
    CHECK(play.settled().front() == "budi@c.example Relayed");
  }
}
