// What a client makes of refusals and of what goes wrong. Q… are the ids of the conformance list.
#include <string>
#include <vector>

#include "tests/smtp/client_talk.hpp"
#include "tests/support/grinder.hpp"

namespace mailwalk::smtp {
namespace {

using test::ClientTalk;
using test::envelope_to;
using test::envelope_to_bob;
using test::Strings;

TEST_CASE("SMTP client: a refused connection is no verdict on the mail (Q02 Q03)",
          "[smtp][client][outcome]") {
  struct {
    const char* id;
    std::vector<const char*> replies;
    const char* last_words;
    const char* outcome;
    const char* ending;
  } const rows[] = {
      {"Q02",
       {"421 4.3.2 busy"},
       "",
       "Deferred Ask Server greeting 421 4.3.2 busy",
       "Refused 421 4.3.2 busy"},
      {"450 greeting", {"450 not now"}, "QUIT\r\n", "Deferred Ask Server greeting 450 not now", ""},
      {"Q03", {"554 no service"}, "QUIT\r\n", "Failed Ask Server greeting 554 no service", ""},
      {"EHLO 421",
       {"220 x", "421 busy"},
       "",
       "Deferred Ask Server EHLO 421 busy",
       "Refused 421 busy"},
      {"EHLO 4xx", {"220 x", "450 later"}, "QUIT\r\n", "Deferred Ask Server EHLO 450 later", ""},
      {"HELO 5xx",
       {"220 x", "550 no", "550 never"},
       "QUIT\r\n",
       "Failed Ask Server HELO 550 never",
       ""},
  };
  for (const auto& row : rows) {
    INFO(row.id);
    ClientTalk talk;
    talk.send(envelope_to_bob());
    talk.send(envelope_to_bob());
    std::string said;
    for (const char* reply : row.replies) said = talk.hear(reply);
    CHECK(said == row.last_words);
    CHECK(talk.outcomes() == Strings{row.outcome, row.outcome});
    CHECK(talk.ending() == row.ending);
    if (talk.session.wants_close()) continue;
    talk.send(envelope_to_bob());
    CHECK(talk.outcomes().size() == 3);
    talk.hear("221 bye");
    CHECK(talk.ending() == "Refused " + std::string(row.replies.back()));
  }
}

TEST_CASE("SMTP client in NoService says QUIT only", "[smtp][client][outcome]") {
  ClientTalk talk;
  CHECK(talk.hear("554 no service") == "QUIT\r\n");
  CHECK(talk.session.state() == State::NoService);
  talk.lose_line();
  CHECK(talk.ending() == "Refused 554 no service");
}

// Goes through a delivery of one mail to two recipients; says `refusal` in place of the reply to
// the verb.
Strings outcomes_with(Verb refused_at, const std::string& refusal) {
  ClientTalk talk;
  talk.send(envelope_to({{"bob", "b.test"}, {"carol", "b.test"}}));
  talk.greet();
  const auto reply = [&](Verb verb, const char* positive) {
    return verb == refused_at ? refusal : std::string(positive);
  };
  talk.hear(reply(Verb::Mail, "250 Ok"));
  if (talk.outcomes().empty()) talk.hear("250 first Ok");
  if (talk.outcomes().empty()) talk.hear(reply(Verb::Rcpt, "250 Ok"));
  if (talk.outcomes().empty()) talk.hear(reply(Verb::Data, "354 Ok"));
  if (talk.outcomes().empty()) talk.hear(reply(Verb::EndOfData, "250 Ok"));
  return talk.outcomes();
}

TEST_CASE("SMTP client: 4xx defers and asks the next host, 5xx fails for good (Q04 Q05)",
          "[smtp][client][outcome]") {
  struct {
    Verb at;
    const char* refusal;
    Strings outcomes;
  } const rows[] = {
      {Verb::Mail,
       "451 later",
       {"Deferred Ask Server MAIL 451 later", "Deferred Ask Server MAIL 451 later"}},
      {Verb::Mail,
       "552 5.3.4 big",
       {"Failed DoNotAsk Server MAIL 552 5.3.4 big", "Failed DoNotAsk Server MAIL 552 5.3.4 big"}},
      {Verb::Rcpt,
       "451 4.7.1 greylisted",
       {"Delivered DoNotAsk Server . 250 Ok", "Deferred Ask Server RCPT 451 4.7.1 greylisted"}},
      {Verb::Rcpt,
       "550 5.1.1 no",
       {"Delivered DoNotAsk Server . 250 Ok", "Failed DoNotAsk Server RCPT 550 5.1.1 no"}},
      {Verb::Rcpt,
       "452 4.5.3 too many",
       {"Delivered DoNotAsk Server . 250 Ok", "Deferred Ask Server RCPT 452 4.5.3 too many"}},
      {Verb::Rcpt,
       "552 too many",
       {"Delivered DoNotAsk Server . 250 Ok", "Deferred Ask Server RCPT 552 too many"}},
      {Verb::Rcpt,
       "552 5.2.2 full",
       {"Delivered DoNotAsk Server . 250 Ok", "Failed DoNotAsk Server RCPT 552 5.2.2 full"}},
      {Verb::Data,
       "451 later",
       {"Deferred Ask Server DATA 451 later", "Deferred Ask Server DATA 451 later"}},
      {Verb::Data,
       "554 never",
       {"Failed DoNotAsk Server DATA 554 never", "Failed DoNotAsk Server DATA 554 never"}},
      {Verb::EndOfData,
       "451 4.3.0 disk full",
       {"Deferred Ask Server . 451 4.3.0 disk full", "Deferred Ask Server . 451 4.3.0 disk full"}},
      {Verb::EndOfData,
       "554 5.6.0 no",
       {"Failed DoNotAsk Server . 554 5.6.0 no", "Failed DoNotAsk Server . 554 5.6.0 no"}},
      {Verb::Rcpt,
       "421 4.3.2 bye",
       {"Deferred Ask Server RCPT 421 4.3.2 bye", "Deferred Ask Server RCPT 421 4.3.2 bye"}},
  };
  for (const auto& row : rows) {
    INFO(name(row.at) << " " << row.refusal);
    CHECK(outcomes_with(row.at, row.refusal) == row.outcomes);
  }
}

TEST_CASE("SMTP client: 552 to the first recipient is what it says", "[smtp][client][outcome]") {
  ClientTalk talk;
  talk.send(envelope_to_bob());
  talk.greet();
  talk.hear("250 Ok");
  talk.hear("552 no");
  CHECK(talk.outcomes() == Strings{"Failed DoNotAsk Server RCPT 552 no"});
}

TEST_CASE("SMTP client: a lost line defers, and tells where it was lost (Q27)",
          "[smtp][client][outcome]") {
  struct {
    std::vector<const char*> replies;
    const char* outcome;
  } const rows[] = {
      {{}, "Deferred Ask Client greeting 451 4.4.2 Connection lost while waiting for the greeting"},
      {{"220 x"},
       "Deferred Ask Client EHLO 451 4.4.2 Connection lost while waiting for the reply to EHLO"},
      {{"220 x", "250 x"},
       "Deferred Ask Client MAIL 451 4.4.2 Connection lost while waiting for the reply to MAIL"},
      {{"220 x", "250 x", "250 x"},
       "Deferred Ask Client RCPT 451 4.4.2 Connection lost while waiting for the reply to RCPT"},
      {{"220 x", "250 x", "250 x", "250 x"},
       "Deferred Ask Client DATA 451 4.4.2 Connection lost while waiting for the reply to DATA"},
      {{"220 x", "250 x", "250 x", "250 x", "354 x"},
       "Deferred DoNotAsk Client . 451 4.4.2 Connection lost while waiting for the reply to the "
       "end of data"},
      {{"220 x", "250 x", "250 x", "250 x", "354 x", "250-half a"},
       "Deferred DoNotAsk Client . 451 4.4.2 Connection lost while waiting for the reply to the "
       "end of data"},
  };
  for (const auto& row : rows) {
    INFO(row.outcome);
    ClientTalk talk;
    talk.send(envelope_to_bob());
    for (const char* reply : row.replies) talk.hear(reply);
    talk.lose_line();
    CHECK(talk.outcomes() == Strings{row.outcome});
    CHECK(talk.ending() == "ConnectionLost");
    CHECK_FALSE(talk.session.deadline());
  }
}

TEST_CASE("SMTP client: mails whose turn had not come may go to another host at once (Q27)",
          "[smtp][client][outcome]") {
  ClientTalk talk;
  talk.send(envelope_to({{"no", "b.test"}, {"bob", "b.test"}}));
  talk.send(envelope_to_bob());
  talk.greet();
  talk.hear("250 Ok");
  talk.hear("550 5.1.1 no");
  talk.hear("250 Ok");
  talk.hear("354 go");
  talk.lose_line();
  REQUIRE(talk.all<MailFinished>().size() == 2);
  const std::string lost =
      "451 4.4.2 Connection lost while waiting for the reply to the end of data";
  CHECK(talk.outcomes() == Strings{"Failed DoNotAsk Server RCPT 550 5.1.1 no",
                                   "Deferred DoNotAsk Client . " + lost,
                                   "Deferred Ask Client greeting " + lost});
}

TEST_CASE("SMTP client: 421 ends the session and defers what is left", "[smtp][client][outcome]") {
  SECTION("as a reply") {
    ClientTalk talk;
    talk.send(envelope_to_bob());
    talk.send(envelope_to_bob());
    talk.greet();
    CHECK(talk.hear("421 4.3.2 shutting down").empty());
    CHECK(talk.outcomes() == Strings{"Deferred Ask Server MAIL 421 4.3.2 shutting down",
                                     "Deferred Ask Server greeting 421 4.3.2 shutting down"});
    CHECK(talk.ending() == "ServiceClosed 421 4.3.2 shutting down");
  }
  SECTION("unasked") {
    ClientTalk talk;
    talk.greet();
    CHECK(talk.hear("421 4.4.2 idle").empty());
    CHECK(talk.ending() == "ServiceClosed 421 4.4.2 idle");
  }
}

TEST_CASE("SMTP client ends a session that is no SMTP", "[smtp][client][outcome]") {
  struct {
    const char* id;
    std::vector<const char*> replies;
  } const rows[] = {
      {"no code", {"+OK POP3 server ready"}},
      {"354 as a greeting", {"354 go"}},
      {"codes differ", {"220 x", "250-a\r\n251 b"}},
      {"354 to MAIL", {"220 x", "250 x", "354 x"}},
      {"250 to DATA", {"220 x", "250 x", "250 x", "250 x", "250 x"}},
      {"354 to the end of data", {"220 x", "250 x", "250 x", "250 x", "354 x", "354 x"}},
  };
  for (const auto& row : rows) {
    INFO(row.id);
    ClientTalk talk;
    talk.send(envelope_to_bob());
    for (const char* reply : row.replies) talk.hear(reply);
    CHECK(talk.ending() == "ProtocolError");
    CHECK(talk.session.wants_close());
    REQUIRE(talk.outcomes().size() == 1);
    CHECK_THAT(talk.outcomes()[0], ContainsSubstring("Deferred") && ContainsSubstring("451 4.5.0"));
    CHECK_FALSE(talk.all<ClientEnded>()[0].detail.empty());
  }
  ClientTalk idle;
  idle.greet();
  idle.hear("250 for nothing");
  CHECK(idle.ending() == "ProtocolError");
}

TEST_CASE("SMTP client keeps back what the server does not offer", "[smtp][client][outcome]") {
  mail::Envelope utf8_sender = envelope_to_bob();
  utf8_sender.reverse_path->local_part = "bj\xC3\xB6rn";
  mail::Envelope utf8_header = envelope_to_bob();
  utf8_header.smtputf8 = true;
  struct {
    const char* id;
    const char* ehlo_reply;
    mail::Envelope envelope;
    std::string content;
    const char* outcome;
  } const rows[] = {
      {"8-bit content", "250 x", envelope_to_bob(), "\xC3\xA9\r\n",
       "Failed DoNotAsk Client MAIL 554 5.6.3 The server does not offer 8BITMIME"},
      {"UTF-8 sender", "250-x\r\n250 8BITMIME", utf8_sender, "x\r\n",
       "Failed DoNotAsk Client MAIL 553 5.6.7 The server does not offer SMTPUTF8"},
      {"UTF-8 recipient", "250-x\r\n250 8BITMIME", envelope_to({{"b", "b\xC3\xB6.test"}}), "x\r\n",
       "Failed DoNotAsk Client MAIL 553 5.6.7 The server does not offer SMTPUTF8"},
      {"UTF-8 header", "250-x\r\n250 8BITMIME", utf8_header, "x\r\n",
       "Failed DoNotAsk Client MAIL 553 5.6.7 The server does not offer SMTPUTF8"},
      {"too large", "250-x\r\n250 SIZE 10", envelope_to_bob(), "123456789",
       "Failed DoNotAsk Client MAIL 552 5.3.4 Message of 11 bytes exceeds the server's limit of "
       "10"},
  };
  for (const auto& row : rows) {
    INFO(row.id);
    ClientTalk talk;
    talk.send(row.envelope, row.content);
    CHECK(talk.greet(row.ehlo_reply).empty());
    CHECK(talk.outcomes() == Strings{row.outcome});
    CHECK(talk.send(envelope_to_bob(), "x\r\n").substr(0, 4) == "MAIL");
  }
}

TEST_CASE("SMTP client checks content as strictly as it is told to", "[smtp][client][outcome]") {
  const std::string bare =
      "Failed DoNotAsk Client MAIL 554 5.6.0 The content has a CR or LF "
      "alone, which SMTP does not allow";
  const std::string too_long =
      "Failed DoNotAsk Client MAIL 554 5.6.0 The content has a line of more than 998 octets";
  const std::string sent;
  const ContentRules usual;
  const ContentRules strict{ContentCheck::Strict, ContentCheck::Strict};
  const ContentRules lax{ContentCheck::SendAnyway, ContentCheck::SendAnyway};
  struct {
    std::string content;
    ContentRules rules;
    std::string outcome;
  } const rows[] = {
      {"a\nb\r\n", usual, bare},
      {"a\rb\r\n", usual, bare},
      {"a\r\r\n", usual, bare},
      {"a\r\n\n", usual, bare},
      {"a\r", usual, bare},
      {"a\nb\r\n", lax, sent},
      {std::string(999, 'x') + "\r\n", usual, sent},
      {std::string(999, 'x') + "\r\n", strict, too_long},
      {std::string(998, 'x') + "\r\n", strict, sent},
      {std::string(998, 'x'), strict, sent},
      {"", strict, sent},
  };
  for (const auto& row : rows) {
    INFO(Catch::Detail::stringify(row.content.substr(0, 20)));
    ClientConfig config;
    config.content_rules = row.rules;
    ClientTalk talk(config);
    talk.send(envelope_to_bob(), row.content);
    talk.greet();
    CHECK(talk.outcomes() == (row.outcome.empty() ? Strings{} : Strings{row.outcome}));
  }
}

// What a server in its right mind says to this.
std::string due_reply(const std::string& said) {
  if (said.empty()) return "220 x";
  const bool asks_for_content = said.size() >= 6 && said.substr(said.size() - 6) == "DATA\r\n";
  return asks_for_content ? "354 x" : "250 x";
}

TEST_CASE("SMTP client survives whatever it hears", "[smtp][client]") {
  Prng prng(11);
  static constexpr const char* kReplies[] = {"220 x", "250 x", "250-PIPELINING",
                                             "354 x", "450 x", "500 x",
                                             "221 x", "421 x", "550 5.1.1 x"};
  std::size_t delivered = 0;
  for (int session = 0; session < 1000; ++session) {
    INFO("session " << session);
    ClientTalk talk;
    talk.send(envelope_to({{"bob", "b.test"}, {"carol", "b.test"}}));
    talk.send(envelope_to_bob());
    std::string said;
    for (int i = 0; i < 30 && !talk.session.wants_close(); ++i) {
      std::string heard = due_reply(said);
      if (prng.chance(100)) heard = kReplies[prng.below(std::size(kReplies))];
      if (prng.chance(10)) heard = mailwalk::test::random_bytes(prng, 50);
      said = talk.hear(heard);
    }
    talk.lose_line();
    CHECK(talk.session.wants_close());
    CHECK_FALSE(talk.ending().empty());
    CHECK(talk.all<MailFinished>().size() == 2);
    CHECK(talk.outcomes().size() == 3);
    for (const std::string& outcome : talk.outcomes()) {
      delivered += outcome.substr(0, 9) == "Delivered" ? 1 : 0;
    }
  }
  CHECK(delivered > 100);  // the walks are long enough to get somewhere
}

}  // namespace
}  // namespace mailwalk::smtp
