// A person steps in: types in the client's place, or has the server answer otherwise.
#include <string>
#include <vector>

#include "tests/smtp/client_talk.hpp"
#include "tests/smtp/server_talk.hpp"

namespace mailwalk::smtp {
namespace {

using test::ClientTalk;
using test::envelope_to;
using test::envelope_to_bob;
using test::kStuffed;
using test::ServerTalk;
using test::Strings;

// ---- The client ------------------------------------------------------------------------------

// A client that has a mail for Bob, and sends MAIL when greeted.
ClientTalk with_mail() {
  ClientTalk talk;
  talk.send(envelope_to_bob());
  talk.quit();
  return talk;
}

TEST_CASE("SMTP client: the same command typed otherwise takes the place of its own",
          "[smtp][client][typed]") {
  ClientTalk talk = with_mail();
  talk.session.type_instead(2, "RCPT TO:<carol@b.test>");  // after EHLO and MAIL
  talk.greet();
  CHECK(talk.hear("250 2.1.0 Ok") == "RCPT TO:<carol@b.test>\r\n");
  CHECK(talk.hear("250 2.1.5 Ok") == "DATA\r\n");
  CHECK(talk.hear("354 go") == kStuffed);
  CHECK(talk.hear("250 2.0.0 Ok") == "QUIT\r\n");
  CHECK(talk.outcomes() == Strings{"Delivered DoNotAsk Server . 250 2.0.0 Ok"});
}

TEST_CASE("SMTP client: after another command it goes on where it stood", "[smtp][client][typed]") {
  for (const char* reply : {"250 2.0.0 Ok", "500 5.5.2 What?", "252 2.0.0 Perhaps"}) {
    ClientTalk talk = with_mail();
    talk.session.type_instead(2, "NOOP");
    talk.greet();
    CHECK(talk.hear("250 2.1.0 Ok") == "NOOP\r\n");
    CHECK(talk.hear(reply) == "RCPT TO:<bob@b.test>\r\n");
    CHECK(talk.hear("250 2.1.5 Ok") == "DATA\r\n");
  }
}

TEST_CASE("SMTP client: a transaction that a person ended is begun again",
          "[smtp][client][typed]") {
  for (const char* line : {"RSET", "EHLO other.example", "HELO other.example"}) {
    INFO(line);
    ClientTalk talk = with_mail();
    talk.session.type_instead(3, line);  // in the place of DATA
    talk.greet();
    talk.hear("250 2.1.0 Ok");
    CHECK(talk.hear("250 2.1.5 Ok") == std::string(line) + "\r\n");
    CHECK(talk.hear("250 2.0.0 Ok") == "MAIL FROM:<alice@a.test>\r\n");
    CHECK(talk.hear("250 2.1.0 Ok") == "RCPT TO:<bob@b.test>\r\n");
    CHECK(talk.hear("250 2.1.5 Ok") == "DATA\r\n");
    CHECK(talk.hear("354 go") == kStuffed);
    CHECK(talk.hear("250 2.0.0 Ok") == "QUIT\r\n");
    CHECK(talk.outcomes() == Strings{"Delivered DoNotAsk Server . 250 2.0.0 Ok"});
  }
}

TEST_CASE("SMTP client: QUIT typed before the mail is through leaves it for later",
          "[smtp][client][typed]") {
  ClientTalk talk = with_mail();
  talk.session.type_instead(1, "QUIT");
  CHECK(talk.greet() == "QUIT\r\n");
  SECTION("with a reply") {
    CHECK(talk.hear("221 2.0.0 Bye").empty());
  }
  SECTION("without one") {
    talk.lose_line();
  }
  CHECK(talk.session.wants_close());
  CHECK(talk.ending() == "Quit");
  REQUIRE(talk.outcomes().size() == 1);
  CHECK(talk.outcomes().front().starts_with("Deferred Ask Client"));
}

TEST_CASE("SMTP client: a typed command in a group waits for its own reply",
          "[smtp][client][typed]") {
  ClientTalk talk;
  talk.send(envelope_to({{"bob", "b.test"}, {"carol", "b.test"}}));
  talk.quit();
  talk.session.type_instead(3, "NOOP");  // in the place of the second RCPT
  CHECK(talk.greet("250-mx.b.test\r\n250 PIPELINING") ==
        "MAIL FROM:<alice@a.test>\r\nRCPT TO:<bob@b.test>\r\nNOOP\r\n");
  CHECK(talk.hear("250 2.1.0 Ok\r\n250 2.1.5 Ok").empty());
  CHECK(talk.hear("250 2.0.0 Ok") == "RCPT TO:<carol@b.test>\r\nDATA\r\n");
  CHECK(talk.hear("250 2.1.5 Ok\r\n354 go") == kStuffed);
  CHECK(talk.hear("250 2.0.0 Ok") == "QUIT\r\n");
  CHECK(talk.outcomes().size() == 2);
}

TEST_CASE("SMTP client: nothing is sent after a typed command to a transaction that is refused",
          "[smtp][client][typed]") {
  ClientTalk talk;
  talk.send(envelope_to({{"bob", "b.test"}, {"carol", "b.test"}}));
  talk.quit();
  talk.session.type_instead(3, "NOOP");
  talk.greet("250-mx.b.test\r\n250 PIPELINING");
  CHECK(talk.hear("550 5.7.1 Not you\r\n503 5.5.1 MAIL first").empty());
  CHECK(talk.hear("250 2.0.0 Ok") == "QUIT\r\n");
  CHECK(talk.outcomes().size() == 2);
}

TEST_CASE("SMTP client: DATA that was typed waits for the client's own", "[smtp][client][typed]") {
  ClientTalk talk = with_mail();
  talk.session.type_instead(2, "data");
  talk.greet();
  CHECK(talk.hear("250 2.1.0 Ok") == "RCPT TO:<bob@b.test>\r\n");
  CHECK(talk.hear("250 2.1.5 Ok") == "data\r\n");
  CHECK(talk.hear("354 go") == kStuffed);
  std::size_t typed = 0;
  for (const CommandSent& sent : talk.all<CommandSent>()) {
    typed += sent.by == CommandSent::By::Person ? 1 : 0;
  }
  CHECK(typed == 1);
}

// ---- The server ------------------------------------------------------------------------------

TEST_CASE("SMTP server: a command that is answered otherwise is not carried out",
          "[smtp][server][instead]") {
  ServerTalk talk;
  talk.session.answer_instead(1, Reply(451, {7, 1}, "Later"));
  CHECK(talk.command("MAIL FROM:<bob@b.test>") == "250 2.1.0 Ok\r\n");
  CHECK(talk.command("RCPT TO:<bob@b.test>") == "451 4.7.1 Later\r\n");
  CHECK(talk.all<RcptAsked>().empty());
  CHECK(talk.session.state() == State::MailGiven);
  CHECK(talk.command("DATA").starts_with("554 "));
  CHECK(talk.command("RCPT TO:<bob@b.test>") == "250 2.1.5 Ok\r\n");
  CHECK(talk.all<AnsweredInstead>().size() == 1);
}

TEST_CASE("SMTP server: the end of data can be answered otherwise, and the content is told",
          "[smtp][server][instead]") {
  ServerTalk talk;
  talk.session.answer_instead(3, Reply(552, {3, 4}, "Too big today"));
  CHECK(talk.send("x\r\n.\r\n") == "552 5.3.4 Too big today\r\n");
  CHECK(talk.delivered().empty());
  REQUIRE(talk.all<AnsweredInstead>().size() == 1);
  CHECK(talk.all<AnsweredInstead>().front().content == Bytes("x\r\n"));
  CHECK(talk.session.state() == State::Ready);
  CHECK(talk.send("x\r\n.\r\n") == "250 2.0.0 Ok: queued as 1\r\n");
}

TEST_CASE("SMTP server: 421 instead of an answer ends the session", "[smtp][server][instead]") {
  ServerTalk talk;
  talk.session.answer_instead(0, Reply(421, {3, 2}, "Going down"));
  CHECK(talk.command("NOOP") == "421 4.3.2 Going down\r\n");
  CHECK(talk.session.wants_close());
}

}  // namespace
}  // namespace mailwalk::smtp
