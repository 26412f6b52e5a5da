// Commands in groups, and input that comes before its turn (RFC 2920).
#include <string>
#include <vector>

#include "tests/smtp/server_talk.hpp"

namespace mailwalk::smtp {
namespace {

using test::ServerTalk;
using Hello = ServerTalk::Hello;

constexpr const char* kTooEarly = "554 5.5.0 Input before its turn: wait for the reply\r\n";

TEST_CASE("SMTP server answers a group of commands in order (S53 S55)",
          "[smtp][server][pipelining]") {
  ServerTalk talk;
  CHECK(talk.say("MAIL FROM:<a@a.test>\r\nRCPT TO:<bob@b.test>\r\nRCPT TO:<nosuch@b.test>\r\n"
                 "RCPT TO:<carol@b.test>\r\nDATA\r\n") ==
        "250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n550 5.1.1 No such user\r\n250 2.1.5 Ok\r\n"
        "354 End data with <CR><LF>.<CR><LF>\r\n");
  CHECK(talk.say("Subject: pipelined\r\n\r\nbody\r\n.\r\n"
                 "MAIL FROM:<b@a.test>\r\nRCPT TO:<bob@b.test>\r\nDATA\r\n") ==
        "250 2.0.0 Ok: queued as 1\r\n250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n"
        "354 End data with <CR><LF>.<CR><LF>\r\n");
  CHECK(talk.say("two\r\n.\r\nRSET\r\nNOOP\r\nQUIT\r\n") ==
        "250 2.0.0 Ok: queued as 1\r\n250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n221 2.0.0 Bye\r\n");
  CHECK(talk.delivered().size() == 2);
}

TEST_CASE("SMTP server refuses pipelined DATA when nobody is left to receive (S54)",
          "[smtp][server][pipelining]") {
  ServerTalk talk;
  CHECK(talk.say("MAIL FROM:<b@a.test>\r\nRCPT TO:<nosuch@b.test>\r\nDATA\r\n") ==
        "250 2.1.0 Ok\r\n550 5.1.1 No such user\r\n554 5.5.1 No valid recipients\r\n");
  CHECK(talk.command("RSET") == "250 2.0.0 Ok\r\n");
  CHECK(talk.say("MAIL FROM:<b@a.test>\r\nRCPT TO:<bob@b.test>\r\n") ==
        "250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n");
}

TEST_CASE("SMTP server never reads content as commands when it comes before 354 (S56)",
          "[smtp][server][pipelining]") {
  const std::string text = "Subject: x\r\n\r\nMAIL FROM:<evil@a.test>\r\n.\r\nQUIT\r\n";
  struct {
    const char* id;
    const char* group;
    std::string replies;
  } const rows[] = {
      {"to somebody", "MAIL FROM:<a@a.test>\r\nRCPT TO:<bob@b.test>\r\nDATA\r\n",
       "250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n"},
      {"to nobody", "MAIL FROM:<a@a.test>\r\nRCPT TO:<nosuch@b.test>\r\nDATA\r\n",
       "250 2.1.0 Ok\r\n550 5.1.1 No such user\r\n"},
      {"out of sequence", "DATA\r\n", ""},
      {"with an argument", "DATA now\r\n", ""},
  };
  for (const auto& row : rows) {
    INFO(row.id);
    ServerTalk talk;
    CHECK(talk.say(row.group + text) == row.replies + kTooEarly);
    CHECK(talk.session.wants_close());
    CHECK(talk.delivered().empty());
    for (const MailAsked& asked : talk.all<MailAsked>()) {
      CHECK(asked.reverse_path == mail::Mailbox{"a", "a.test"});
    }
    CHECK(talk.all<ServerEnded>()[0].why == ServerEnded::Why::TalkedTooEarly);
    CHECK(talk.say(text).empty());
  }
}

TEST_CASE("SMTP server: the part of a line behind DATA is too early as well (S56)",
          "[smtp][server][pipelining]") {
  ServerTalk talk;
  talk.say("MAIL FROM:<a@a.test>\r\nRCPT TO:<bob@b.test>\r\n");
  CHECK(talk.say("DATA\r\nS") == kTooEarly);
}

TEST_CASE("SMTP server ends the session of a client that talks before the greeting",
          "[smtp][server][pipelining]") {
  ServerSession session(ServerConfig{.host_name = "mx.b.test"});
  session.receive("EHLO client.example\r\n", VirtualTime{});
  CHECK(session.take_output().empty());
  session.start(VirtualTime{});
  CHECK(session.take_output() == kTooEarly);
  CHECK(session.wants_close());
}

TEST_CASE("SMTP server takes harmless commands in their turn, even if they came too soon",
          "[smtp][server][pipelining]") {
  ServerTalk talk(Hello::None);
  CHECK(
      talk.say("HELO client.example\r\nNOOP\r\nMAIL FROM:<a@a.test>\r\nRCPT TO:<bob@b.test>\r\n") ==
      "250 mx.b.test\r\n250 2.0.0 Ok\r\n250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n");
  CHECK(talk.say("QUIT\r\nMAIL FROM:<a@a.test>\r\n") == "221 2.0.0 Bye\r\n");
}

TEST_CASE("SMTP server keeps input while it waits for an answer", "[smtp][server][pipelining]") {
  ServerTalk talk;
  talk.answers = ServerTalk::Answers::Never;
  CHECK(talk.say("MAIL FROM:<a@a.test>\r\nRCPT TO:<bob@b.test>\r\nNOOP\r\n").empty());
  CHECK(talk.session.awaits_answer());
  CHECK_FALSE(talk.session.deadline());
  CHECK(talk.say("NOOP\r\n").empty());
  CHECK(talk.all<RcptAsked>().empty());
  talk.session.answer(Reply(250, {1, 0}, "Ok"), talk.now);
  CHECK(talk.say("") == "250 2.1.0 Ok\r\n");
  CHECK(talk.all<RcptAsked>().size() == 1);
  talk.session.answer(Reply(250, {1, 5}, "Ok"), talk.now);
  CHECK(talk.say("") == "250 2.1.5 Ok\r\n250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n");
}

TEST_CASE("SMTP server ends a session whose input outgrows its patience",
          "[smtp][server][pipelining]") {
  ServerConfig config;
  config.limits.waiting_input_octets = 1000;
  ServerTalk talk(Hello::Ehlo, config);
  SECTION("while the question is being answered") {
    talk.answers = ServerTalk::Answers::Never;
    talk.say("MAIL FROM:<a@a.test>\r\n");
    CHECK(talk.say(std::string(1000, 'x')).empty());
    CHECK(talk.say("x") == "421 4.7.0 mx.b.test Too much input before my replies\r\n");
  }
  SECTION("before the question was heard") {
    std::string input = "MAIL FROM:<a@a.test>\r\n";
    for (int i = 0; i < 200; ++i) input += "NOOP\r\n";
    CHECK(talk.say(input) == "421 4.7.0 mx.b.test Too much input before my replies\r\n");
    CHECK(talk.all<MailAsked>().empty());
  }
  CHECK(talk.session.wants_close());
  CHECK_FALSE(talk.session.awaits_answer());
  CHECK(talk.all<ServerEnded>()[0].why == ServerEnded::Why::TooMuchInput);
}

TEST_CASE("SMTP server finishes what was said before the client closed",
          "[smtp][server][pipelining]") {
  ServerTalk talk;
  talk.answers = ServerTalk::Answers::Never;
  talk.say("MAIL FROM:<a@a.test>\r\n");
  talk.session.answer(Reply(250, {1, 0}, "Ok"), talk.now);
  talk.say("RCPT TO:<bob@b.test>\r\n");
  talk.session.answer(Reply(250, {1, 5}, "Ok"), talk.now);
  talk.say("DATA\r\n");
  talk.say("x\r\n.\r\nQUIT\r\n");
  talk.leave();
  REQUIRE(talk.session.awaits_answer());
  talk.session.answer(Reply(250, {0, 0}, "Ok"), talk.now);
  CHECK(talk.say("") == "250 2.0.0 Ok\r\n221 2.0.0 Bye\r\n");
  CHECK(talk.all<ServerEnded>()[0].why == ServerEnded::Why::Quit);
  CHECK(talk.delivered().size() == 1);
}

}  // namespace
}  // namespace mailwalk::smtp
