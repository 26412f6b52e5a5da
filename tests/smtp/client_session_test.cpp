// What a client says, step by step. Q… are the ids of the conformance list.
#include <string>
#include <vector>

#include "tests/smtp/client_talk.hpp"

namespace mailwalk::smtp {
namespace {

using test::ClientTalk;
using test::envelope_to;
using test::envelope_to_bob;
using test::kStuffed;
using test::Strings;

constexpr const char* kAllExtensions =
    "250-mx.b.test\r\n250-PIPELINING\r\n250-SIZE 1048576\r\n250-ENHANCEDSTATUSCODES\r\n"
    "250-8BITMIME\r\n250 SMTPUTF8";

TEST_CASE("SMTP client sends a mail and quits", "[smtp][client]") {
  ClientTalk talk;
  CHECK(talk.send(envelope_to({{"bob", "b.test"}, {"b b", "b.test"}})).empty());
  CHECK(talk.quit().empty());
  CHECK(talk.hear("220 mx.b.test ESMTP") == "EHLO client.example\r\n");
  CHECK(talk.hear("250 mx.b.test") == "MAIL FROM:<alice@a.test>\r\n");
  CHECK(talk.hear("250 2.1.0 Ok") == "RCPT TO:<bob@b.test>\r\n");
  CHECK(talk.hear("250 2.1.5 Ok") == "RCPT TO:<\"b b\"@b.test>\r\n");
  CHECK(talk.hear("251 2.1.5 will forward") == "DATA\r\n");
  CHECK(talk.hear("354 go") == kStuffed);
  CHECK(talk.session.state() == State::Data);
  CHECK(talk.hear("250 2.0.0 Ok") == "QUIT\r\n");
  CHECK(talk.outcomes() == Strings{"Delivered DoNotAsk Server . 250 2.0.0 Ok",
                                   "Delivered DoNotAsk Server . 250 2.0.0 Ok"});
  CHECK_FALSE(talk.session.wants_close());
  CHECK(talk.hear("221 2.0.0 Bye").empty());
  CHECK(talk.session.wants_close());
  CHECK(talk.ending() == "Quit");
}

TEST_CASE("SMTP client says HELO where EHLO is not known (Q24)", "[smtp][client]") {
  for (const char* refusal : {"500 what?", "502 not implemented", "504 5.5.4 no"}) {
    INFO(refusal);
    ClientTalk talk;
    talk.send(envelope_to_bob());
    CHECK(talk.hear("220 fake.test") == "EHLO client.example\r\n");
    CHECK(talk.hear(refusal) == "HELO client.example\r\n");
    CHECK(talk.hear("250 fake.test") == "MAIL FROM:<alice@a.test>\r\n");
    CHECK(talk.session.offered() == OfferedExtensions{});
  }
}

TEST_CASE("SMTP client sends parameters only of what is offered (Q25)", "[smtp][client]") {
  mail::Envelope utf8 =
      envelope_to({{"b\xC3\xB6"
                    "b",
                    "b.test"}});
  struct {
    const char* id;
    const char* ehlo_reply;
    mail::Envelope envelope;
    const char* content;
    const char* mail_line;
  } const rows[] = {
      {"nothing offered", "250 x", envelope_to_bob(), "a\r\n", "MAIL FROM:<alice@a.test>\r\n"},
      {"SIZE", "250-x\r\n250 SIZE", envelope_to_bob(), "a\r\n",
       "MAIL FROM:<alice@a.test> SIZE=3\r\n"},
      {"SIZE counts the CRLF that is added", "250-x\r\n250 SIZE 9", envelope_to_bob(), "a",
       "MAIL FROM:<alice@a.test> SIZE=3\r\n"},
      {"BODY for 8-bit content", "250-x\r\n250 8BITMIME", envelope_to_bob(), "\xC3\xA9\r\n",
       "MAIL FROM:<alice@a.test> BODY=8BITMIME\r\n"},
      {"no BODY for 7-bit content", "250-x\r\n250 8BITMIME", envelope_to_bob(), "e\r\n",
       "MAIL FROM:<alice@a.test>\r\n"},
      {"SMTPUTF8", "250-x\r\n250-8BITMIME\r\n250 SMTPUTF8", utf8, "a\r\n",
       "MAIL FROM:<alice@a.test> SMTPUTF8\r\n"},
  };
  for (const auto& row : rows) {
    INFO(row.id);
    ClientTalk talk;
    talk.send(row.envelope, row.content);
    CHECK(talk.greet(row.ehlo_reply) == row.mail_line);
  }
}

TEST_CASE("SMTP client sends the null reverse-path", "[smtp][client]") {
  mail::Envelope bounce = envelope_to_bob();
  bounce.reverse_path.reset();
  ClientTalk talk;
  talk.send(bounce);
  CHECK(talk.greet() == "MAIL FROM:<>\r\n");
}

TEST_CASE("SMTP client groups its commands if PIPELINING is offered (Q25)", "[smtp][client]") {
  const std::string group =
      "MAIL FROM:<alice@a.test> SIZE=21\r\nRCPT TO:<bob@b.test>\r\nRCPT TO:<no@b.test>\r\nDATA\r\n";
  const mail::Envelope envelope = envelope_to({{"bob", "b.test"}, {"no", "b.test"}});
  SECTION("in one write") {
    ClientTalk talk;
    talk.send(envelope);
    CHECK(talk.greet(kAllExtensions) == group);
    CHECK(talk.hear("250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n550 5.1.1 no").empty());
    CHECK(talk.hear("354 go") == kStuffed);
    CHECK(talk.hear("250 2.0.0 Ok").empty());
    CHECK(talk.outcomes() == Strings{"Delivered DoNotAsk Server . 250 2.0.0 Ok",
                                     "Failed DoNotAsk Server RCPT 550 5.1.1 no"});
  }
  SECTION("unless it does not wish to") {
    ClientConfig config;
    config.pipelining = PipeliningWish::Never;
    ClientTalk talk(config);
    talk.send(envelope);
    CHECK(talk.greet(kAllExtensions) == "MAIL FROM:<alice@a.test> SIZE=21\r\n");
  }
  SECTION("and no more of them than its limit") {
    ClientConfig config;
    config.limits.commands_in_flight = 2;
    ClientTalk talk(config);
    talk.send(envelope);
    CHECK(talk.greet(kAllExtensions) ==
          "MAIL FROM:<alice@a.test> SIZE=21\r\nRCPT TO:<bob@b.test>\r\n");
    CHECK(talk.hear("250 2.1.0 Ok") == "RCPT TO:<no@b.test>\r\n");
    CHECK(talk.hear("250 2.1.5 Ok") == "DATA\r\n");
  }
}

TEST_CASE("SMTP client sends a lone dot when 354 comes though nobody receives (Q26)",
          "[smtp][client]") {
  SECTION("all recipients were refused") {
    ClientTalk talk;
    talk.send(envelope_to_bob());
    talk.greet(kAllExtensions);
    CHECK(talk.hear("250 2.1.0 Ok\r\n550 5.1.1 no\r\n354 go") == ".\r\n");
    REQUIRE(talk.all<ContentSent>().size() == 1);
    CHECK(talk.all<ContentSent>()[0].octets == 0);
    CHECK(talk.outcomes().empty());
    CHECK(talk.hear("250 2.0.0 queued").empty());
    CHECK(talk.outcomes() == Strings{"Failed DoNotAsk Server RCPT 550 5.1.1 no"});
    CHECK(talk.session.state() == State::Ready);
  }
  SECTION("MAIL was refused") {
    ClientTalk talk;
    talk.send(envelope_to_bob());
    talk.greet(kAllExtensions);
    CHECK(talk.hear("550 5.7.1 not you\r\n250 2.1.5 Ok\r\n354 go") == ".\r\n");
    talk.hear("250 2.0.0 queued");
    CHECK(talk.outcomes() == Strings{"Failed DoNotAsk Server MAIL 550 5.7.1 not you"});
  }
}

TEST_CASE("SMTP client sends no DATA when it knows that nobody receives", "[smtp][client]") {
  ClientTalk talk;
  talk.send(envelope_to_bob());
  talk.greet();
  talk.hear("250 2.1.0 Ok");
  CHECK(talk.hear("550 5.1.1 no").empty());
  CHECK(talk.outcomes() == Strings{"Failed DoNotAsk Server RCPT 550 5.1.1 no"});
}

TEST_CASE("SMTP client sends several mails, with RSET where one was left open", "[smtp][client]") {
  ClientTalk talk;
  talk.send(envelope_to({{"no", "b.test"}}));
  talk.send(envelope_to_bob());
  CHECK(talk.session.mails_waiting() == 2);
  talk.greet();
  talk.hear("250 2.1.0 Ok");
  CHECK(talk.hear("550 5.1.1 no") == "RSET\r\n");
  CHECK(talk.hear("250 2.0.0 Ok") == "MAIL FROM:<alice@a.test>\r\n");
  talk.hear("250 2.1.0 Ok");
  talk.hear("250 2.1.5 Ok");
  talk.hear("354 go");
  CHECK(talk.hear("250 2.0.0 Ok").empty());
  CHECK(talk.session.mails_waiting() == 0);
  CHECK_FALSE(talk.session.deadline());
  CHECK(talk.send(envelope_to_bob()) == "MAIL FROM:<alice@a.test>\r\n");
  CHECK(talk.hear("550 5.7.1 not you").empty());
  CHECK(talk.quit() == "QUIT\r\n");
  CHECK(talk.outcomes() == Strings{"Failed DoNotAsk Server RCPT 550 5.1.1 no",
                                   "Delivered DoNotAsk Server . 250 2.0.0 Ok",
                                   "Failed DoNotAsk Server MAIL 550 5.7.1 not you"});
}

TEST_CASE("SMTP client quits without RSET when a transaction is open", "[smtp][client]") {
  ClientTalk talk;
  talk.send(envelope_to({{"no", "b.test"}}));
  talk.quit();
  talk.greet();
  talk.hear("250 2.1.0 Ok");
  CHECK(talk.hear("450 4.2.0 later") == "QUIT\r\n");
}

TEST_CASE("SMTP client waits as long as RFC 5321 4.5.3.2 says (Q16)", "[smtp][client][time]") {
  struct Step {
    const char* reply;  // that brings the client to waiting for …
    Duration allowed;   // … the next one
    const char* awaited;
  };
  const std::vector<Step> steps = {
      {"", minutes(5), "the greeting"},
      {"220 x", minutes(5), "the reply to EHLO"},
      {"250 x", minutes(5), "the reply to MAIL"},
      {"250 x", minutes(5), "the reply to RCPT"},
      {"250 x", minutes(2), "the reply to DATA"},
      {"354 x", minutes(10), "the reply to the end of data"},
  };
  for (std::size_t last = 0; last < steps.size(); ++last) {
    INFO(steps[last].awaited);
    ClientTalk talk;
    talk.send(envelope_to_bob());
    for (std::size_t i = 1; i <= last; ++i) {
      talk.wait(seconds(100));
      talk.hear(steps[i].reply);
    }
    CHECK(talk.session.deadline() == talk.now + steps[last].allowed);
    talk.wait(steps[last].allowed - microseconds(1));
    CHECK(talk.ending().empty());
    talk.wait(microseconds(1));
    CHECK(talk.ending() == "TimedOut");
    CHECK(talk.session.wants_close());
    REQUIRE(talk.outcomes().size() == 1);
    CHECK_THAT(talk.outcomes()[0], ContainsSubstring("Deferred") &&
                                       ContainsSubstring("451 4.4.2 Timed out") &&
                                       ContainsSubstring(steps[last].awaited));
  }
}

TEST_CASE("SMTP client grants slow links three minutes a block (Q16)", "[smtp][client][time]") {
  ClientTalk talk;
  talk.send(envelope_to_bob());
  talk.greet();
  talk.hear("250 x");
  talk.hear("250 x");
  talk.hear("354 x");
  for (int i = 0; i < 10; ++i) {
    talk.wait(minutes(2));
    talk.session.output_waits(1000, talk.now);
    CHECK(talk.session.deadline() == talk.now + minutes(3));
  }
  talk.session.output_waits(0, talk.now);
  CHECK(talk.session.deadline() == talk.now + minutes(10));
  CHECK(talk.ending().empty());
}

TEST_CASE("SMTP client gives up a server that does not answer QUIT", "[smtp][client][time]") {
  ClientTalk talk;
  talk.quit();
  CHECK(talk.greet() == "QUIT\r\n");
  talk.wait(minutes(5));
  CHECK(talk.ending() == "TimedOut");
}

TEST_CASE("SMTP client takes a closed line for an answer to QUIT", "[smtp][client]") {
  ClientTalk talk;
  talk.quit();
  talk.greet();
  talk.lose_line();
  CHECK(talk.ending() == "Quit");
}

TEST_CASE("SMTP client tells what happened in order", "[smtp][client][events]") {
  ClientTalk talk;
  talk.send(envelope_to_bob());
  talk.quit();
  talk.greet(kAllExtensions);
  talk.hear("250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 go");
  talk.hear("250 2.0.0 Ok\r\n221 2.0.0 Bye");
  struct InAWord {
    std::string operator()(const CommandSent& e) const { return e.line; }
    std::string operator()(const ContentSent& e) const { return std::to_string(e.octets); }
    std::string operator()(const ReplyReceived& e) const {
      return (e.to ? std::string(name(*e.to)) : "greeting") + "=" + std::to_string(e.reply.code());
    }
    std::string operator()(const StateChanged& e) const { return ">" + std::string(name(e.to)); }
    std::string operator()(const ClientTlsBegins&) const { return "TLS"; }
    std::string operator()(const MailFinished&) const { return "finished"; }
    std::string operator()(const ClientEnded&) const { return "ended"; }
  };
  Strings words;
  for (const ClientEvent& event : talk.events) words.push_back(std::visit(InAWord{}, event));
  CHECK(words == Strings{"greeting=220",
                         ">Greeted",
                         "EHLO client.example",
                         "EHLO=250",
                         ">Ready",
                         "MAIL FROM:<alice@a.test> SIZE=21",
                         "RCPT TO:<bob@b.test>",
                         "DATA",
                         "MAIL=250",
                         ">MailGiven",
                         "RCPT=250",
                         ">RcptGiven",
                         "DATA=354",
                         ">Data",
                         "21",
                         ".=250",
                         ">Ready",
                         "finished",
                         "QUIT",
                         "QUIT=221",
                         ">Closed",
                         "ended"});
}

}  // namespace
}  // namespace mailwalk::smtp
