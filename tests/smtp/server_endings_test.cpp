// How a session ends otherwise than by QUIT: idle clients, junk, refused service, lost lines.
#include <string>

#include "tests/smtp/server_talk.hpp"

namespace mailwalk::smtp {
namespace {

using test::check_exchanges;
using test::ServerTalk;
using Hello = ServerTalk::Hello;

TEST_CASE("SMTP server ends an idle session after five minutes (T01)", "[smtp][server][time]") {
  for (const Hello hello : {Hello::None, Hello::Ehlo}) {
    ServerTalk talk(hello);
    CHECK(talk.session.deadline() == talk.now + minutes(5));
    CHECK(talk.wait(minutes(5) - microseconds(1)).empty());
    CHECK(talk.command("NOOP") == "250 2.0.0 Ok\r\n");
    CHECK(talk.wait(minutes(5) - microseconds(1)).empty());
    CHECK(talk.wait(microseconds(1)) == "421 4.4.2 mx.b.test Timeout exceeded\r\n");
    CHECK(talk.session.wants_close());
    CHECK_FALSE(talk.session.deadline());
    CHECK(talk.all<ServerEnded>()[0].why == ServerEnded::Why::TimedOut);
  }
}

TEST_CASE("SMTP server drops the mail of a client that falls silent in the content (T01)",
          "[smtp][server][time]") {
  ServerTalk talk;
  CHECK(talk.send("Subject: x\r\n").empty());
  CHECK(talk.wait(minutes(5)) == "421 4.4.2 mx.b.test Timeout exceeded\r\n");
  CHECK(talk.all<TransactionDropped>()[0].why == TransactionDropped::Why::TimedOut);
  CHECK(talk.delivered().empty());
}

TEST_CASE("SMTP server: a late answer is not the client's silence", "[smtp][server][time]") {
  ServerTalk talk;
  talk.answers = ServerTalk::Answers::Never;
  talk.command("MAIL FROM:<a@a.test>");
  CHECK(talk.wait(minutes(30)).empty());
  talk.session.answer(Reply(250, {1, 0}, "Ok"), talk.now);
  CHECK(talk.session.deadline() == talk.now + minutes(5));
}

TEST_CASE("SMTP server ends a session after too many errors (S75)", "[smtp][server]") {
  ServerTalk talk;
  for (int i = 0; i < 19; ++i) {
    REQUIRE(talk.command("BOGUS") == "500 5.5.2 Command not recognized\r\n");
  }
  CHECK(talk.command("BOGUS") == "421 4.7.0 mx.b.test Too many errors\r\n");
  CHECK(talk.session.wants_close());
  CHECK(talk.all<ServerEnded>()[0].why == ServerEnded::Why::TooManyErrors);
}

TEST_CASE("SMTP server ends a session that never comes to a mail", "[smtp][server]") {
  ServerTalk talk;
  const std::vector<std::string> idle{"NOOP", "RSET", "VRFY bob", "HELP", "EHLO a.test"};
  const auto say_idle = [&](std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) talk.command(idle[i % idle.size()]);
  };
  const auto gives_up_at_the_next = [&] {
    CHECK_FALSE(talk.session.wants_close());
    CHECK(talk.command("NOOP") == "421 4.7.0 mx.b.test Too many commands without a mail\r\n");
    CHECK(talk.all<ServerEnded>().at(0).why == ServerEnded::Why::TooManyCommands);
  };
  say_idle(89);  // its greeting was an EHLO, too
  SECTION("whatever they are") {
    say_idle(10);
    gives_up_at_the_next();
  }
  SECTION("a mail is a new beginning") {
    REQUIRE(talk.send("Hello\r\n.\r\n").substr(0, 3) == "250");
    say_idle(100);
    gives_up_at_the_next();
  }
  SECTION("a transaction that comes to nothing is none") {
    talk.command("MAIL FROM:<a@a.test>");
    talk.command("RCPT TO:<bob@b.test>");
    say_idle(10);
    gives_up_at_the_next();
  }
}

TEST_CASE("SMTP server counts errors of the client, not refusals by its caller (S75)",
          "[smtp][server]") {
  ServerTalk talk;
  talk.command("MAIL FROM:<a@a.test>");
  for (int i = 0; i < 50; ++i) {
    REQUIRE(talk.command("RCPT TO:<nosuch@b.test>") == "550 5.1.1 No such user\r\n");
  }
  CHECK(talk.command("RCPT TO:<bob@b.test>") == "250 2.1.5 Ok\r\n");
}

TEST_CASE("SMTP server forgives errors when a mail came through (S75)", "[smtp][server]") {
  ServerTalk talk;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 19; ++i) REQUIRE(talk.command("BOGUS").substr(0, 3) == "500");
    REQUIRE(talk.send("x\r\n.\r\n").substr(0, 3) == "250");
  }
}

TEST_CASE("SMTP server that greets with 5xx takes QUIT only (RFC 5321 3.1)", "[smtp][server]") {
  ServerConfig config;
  config.greeting = Reply(554, "No SMTP service here");
  ServerTalk talk(Hello::None, config);
  CHECK(talk.greeting == "554 No SMTP service here\r\n");
  CHECK(talk.session.state() == State::NoService);
  check_exchanges(talk, {{"EHLO client.example", "503 No service here, only QUIT is taken"},
                         {"NOOP", "503 5.5.1 No service here, only QUIT is taken"},
                         {"STARTTLS", "503 5.5.1 No service here, only QUIT is taken"},
                         {"QUIT", "221 2.0.0 Bye"}});
}

TEST_CASE("SMTP server that greets with 421 closes", "[smtp][server]") {
  ServerConfig config;
  config.greeting = Reply(421, {3, 2}, "Busy, try later");
  ServerTalk talk(Hello::None, config);
  CHECK(talk.greeting == "421 4.3.2 Busy, try later\r\n");
  CHECK(talk.session.wants_close());
  CHECK(talk.all<ServerEnded>()[0].why == ServerEnded::Why::ClosedByCaller);
}

TEST_CASE("SMTP server closes when its caller answers 421", "[smtp][server]") {
  SECTION("at MAIL") {
    ServerTalk talk;
    talk.mail_answer = Reply(421, {3, 2}, "Shutting down");
    CHECK(talk.say("MAIL FROM:<a@a.test>\r\nNOOP\r\n") == "421 4.3.2 Shutting down\r\n");
    CHECK(talk.session.wants_close());
  }
  SECTION("at the end of data") {
    ServerTalk talk;
    talk.message_answer = Reply(421, {3, 2}, "Shutting down");
    CHECK(talk.send("x\r\n.\r\n") == "421 4.3.2 Shutting down\r\n");
    CHECK(talk.session.wants_close());
    CHECK(talk.all<TransactionDropped>().size() == 1);
  }
}

TEST_CASE("SMTP server: a client that leaves drops its transaction", "[smtp][server]") {
  ServerTalk talk;
  talk.command("MAIL FROM:<a@a.test>");
  talk.leave();
  CHECK(talk.all<TransactionDropped>().size() == 1);
  CHECK(talk.all<ServerEnded>()[0].why == ServerEnded::Why::ConnectionLost);
  ServerTalk idle;
  idle.leave();
  CHECK(idle.all<TransactionDropped>().empty());
  CHECK(idle.session.wants_close());
}

TEST_CASE("SMTP server ends a session with a line or a mail that never ends", "[smtp][server]") {
  const std::string end = "421 4.7.0 mx.b.test What you send never ends\r\n";
  ServerConfig config;
  config.limits.endless_line_octets = 10'000;
  config.limits.message_bytes = 5'000;
  config.limits.excess_bytes = 5'000;
  ServerTalk talk(ServerTalk::Hello::Ehlo, config);
  SECTION("a line") {
    CHECK(talk.say(std::string(10'000, 'x')).empty());
    CHECK(talk.say("x") == end);
  }
  SECTION("a line that ends in time is forgotten") {
    talk.say(std::string(9'000, 'x') + "\r\n");
    CHECK(talk.say(std::string(10'000, 'x')).empty());
    CHECK(talk.say("x") == end);
  }
  SECTION("a mail") {
    talk.command("MAIL FROM:<bob@b.test>");
    talk.command("RCPT TO:<bob@b.test>");
    talk.command("DATA");
    CHECK(talk.say(std::string(10'000, 'x')).empty());
    CHECK(talk.say("x") == end);
    CHECK(talk.delivered().empty());
    CHECK(talk.all<TransactionDropped>().size() == 1);
  }
  CHECK(talk.session.wants_close());
  CHECK(talk.all<ServerEnded>()[0].why == ServerEnded::Why::TooMuchInput);
}

TEST_CASE("SMTP server says good-bye when it goes", "[smtp][server]") {
  ServerTalk talk;
  talk.command("MAIL FROM:<bob@b.test>");
  talk.answers = ServerTalk::Answers::Never;
  talk.command("RCPT TO:<bob@b.test>");
  REQUIRE(talk.session.awaits_answer());
  talk.session.shut_down();
  CHECK(talk.session.take_output() == "421 4.3.2 mx.b.test Closing down, try later\r\n");
  CHECK(talk.session.wants_close());
  CHECK_FALSE(talk.session.awaits_answer());
  talk.session.shut_down();
  CHECK(talk.session.take_output().empty());
}

TEST_CASE("SMTP server: a client that leaves before the greeting ends the session",
          "[smtp][server]") {
  ServerSession session(ServerConfig{.host_name = "mx.b.test"});
  session.peer_closed(VirtualTime{});
  session.start(VirtualTime{});
  CHECK(session.take_output().empty());
  CHECK(session.wants_close());
}

}  // namespace
}  // namespace mailwalk::smtp
