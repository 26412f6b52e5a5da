// What the server does from DATA to the end of data. S… are the ids of the conformance list.
#include <string>
#include <vector>

#include "tests/smtp/server_talk.hpp"
#include "tests/support/grinder.hpp"

namespace mailwalk::smtp {
namespace {

using test::check_exchanges;
using test::ServerTalk;
using Hello = ServerTalk::Hello;
using Contents = std::vector<std::string>;

TEST_CASE("SMTP server hands over content, unstuffed (S37 S41 S42 S49)", "[smtp][server][data]") {
  const std::string line_998(998, 'x');
  struct {
    const char* id;
    std::string sent;
    std::string content;
  } const rows[] = {
      {"S42", "..x\r\n..\r\n...\r\n.a\r\n.\r\n", ".x\r\n.\r\n..\r\na\r\n"},
      {"S49", ".\r\n", ""},
      {"S41", line_998 + "\r\n.\r\n", line_998 + "\r\n"},
      {"S41, the stuffed dot does not count", ".." + line_998.substr(1) + "\r\n.\r\n",
       "." + line_998.substr(1) + "\r\n"},
      {"S50", "na\xC3\xAFve \xFF\r\n.\r\n", "na\xC3\xAFve \xFF\r\n"},
      {"NUL", std::string("a\0b\r\n.\r\n", 8), std::string("a\0b\r\n", 5)},
  };
  for (const auto& row : rows) {
    INFO(row.id);
    ServerTalk talk;
    CHECK(talk.send(row.sent) == "250 2.0.0 Ok: queued as 1\r\n");
    CHECK(talk.delivered() == Contents{row.content});
    REQUIRE(talk.all<DataReceived>().size() == 1);
    CHECK(talk.all<DataReceived>()[0].octets == row.content.size());
    CHECK(talk.session.state() == State::Ready);
  }
}

TEST_CASE("SMTP server asks about the message with its envelope (S37)", "[smtp][server][data]") {
  ServerTalk talk;
  check_exchanges(talk, {{"MAIL FROM:<alice@a.test>", "250 2.1.0 Ok"},
                         {"RCPT TO:<bob@b.test>", "250 2.1.5 Ok"},
                         {"RCPT TO:<nobody@b.test>", "550 5.1.1 No such user"},
                         {"RCPT TO:<carol@b.test>", "250 2.1.5 Ok"},
                         {"DATA", "354 End data with <CR><LF>.<CR><LF>"}});
  CHECK(talk.say("x\r\n.\r\n") == "250 2.0.0 Ok: queued as 1\r\n");
  REQUIRE(talk.all<MessageAsked>().size() == 1);
  const MessageAsked asked = talk.all<MessageAsked>()[0];
  CHECK(asked.envelope.reverse_path == mail::Mailbox{"alice", "a.test"});
  CHECK(asked.envelope.recipients ==
        std::vector<mail::Mailbox>{{"bob", "b.test"}, {"carol", "b.test"}});
  CHECK(asked.helo == "client.example");
  CHECK(asked.protocol == Protocol::Esmtp);
}

TEST_CASE("SMTP server takes several transactions in one connection (S38)",
          "[smtp][server][data]") {
  ServerTalk talk(Hello::Helo);
  CHECK(talk.send("one\r\n.\r\n") == "250 2.0.0 Ok: queued as 1\r\n");
  CHECK(talk.send("two\r\n.\r\n") == "250 2.0.0 Ok: queued as 1\r\n");
  CHECK(talk.delivered() == Contents{"one\r\n", "two\r\n"});
  CHECK(talk.all<MessageAsked>()[1].envelope.recipients.size() == 1);
  CHECK(talk.all<MessageAsked>()[1].protocol == Protocol::Smtp);
  CHECK(talk.all<TransactionDropped>().empty());
}

TEST_CASE("SMTP server: only CRLF.CRLF ends the data, and no text within is a command (S43 to S46)",
          "[smtp][server][data]") {
  const std::string smuggled = "MAIL FROM:<evil@a.test>\r\n";
  for (const BareLineEnds bare_line_ends : {BareLineEnds::Refuse, BareLineEnds::Keep}) {
    for (const char* candidate :
         {"\n.\n" /* S43 */, "\r\n.\n" /* S44 */, "\n.\r\n" /* S45 */, "\r.\r\n" /* S46 */,
          "\r.\r" /* S46 */, "\r\n.\r" /* S46 */, "\r\n.\r\r\n", "\n\n.\r\n"}) {
      INFO(Catch::Detail::stringify(std::string(candidate)));
      ServerConfig config;
      config.bare_line_ends = bare_line_ends;
      ServerTalk talk(Hello::Ehlo, config);
      CHECK(talk.send("body" + std::string(candidate) + smuggled).empty());
      CHECK(talk.session.state() == State::Data);
      const std::string reply = talk.say(".\r\n");
      CHECK(talk.all<MailAsked>().size() == 1);
      if (bare_line_ends == BareLineEnds::Refuse) {
        CHECK(reply == "550 5.6.0 CR or LF alone in the content\r\n");
        CHECK(talk.delivered().empty());
      } else {
        CHECK(reply == "250 2.0.0 Ok: queued as 1\r\n");
        CHECK(talk.delivered().size() == 1);
      }
      CHECK(talk.command("NOOP") == "250 2.0.0 Ok\r\n");
    }
  }
}

TEST_CASE("SMTP server: NUL beside the dot makes no end of data (S46)", "[smtp][server][data]") {
  ServerTalk talk;
  CHECK(talk.send(std::string("body\r\n\0.\r\n.\0\r\n", 14)).empty());
  CHECK(talk.say(".\r\n") == "250 2.0.0 Ok: queued as 1\r\n");
  CHECK(talk.delivered() == Contents{std::string("body\r\n\0.\r\n\0\r\n", 13)});
}

TEST_CASE("SMTP server refuses lines of more than 998 octets, after the end of data (S41)",
          "[smtp][server][data]") {
  ServerTalk talk;
  CHECK(talk.send("x\r\n" + std::string(999, 'x') + "\r\n").empty());
  CHECK(talk.say("x\r\n.\r\n") == "500 5.6.0 Line too long in the content\r\n");
  CHECK(talk.delivered().empty());
  REQUIRE(talk.all<TransactionDropped>().size() == 1);
  CHECK(talk.all<TransactionDropped>()[0].why == TransactionDropped::Why::Refused);
  CHECK(talk.send("x\r\n.\r\n") == "250 2.0.0 Ok: queued as 1\r\n");
}

TEST_CASE("SMTP server refuses content over its limit, after the end of data (S52)",
          "[smtp][server][data]") {
  ServerConfig config;
  config.limits.message_bytes = 1000;
  const std::string line = std::string(98, 'x') + "\r\n";
  std::string content;
  for (int i = 0; i < 10; ++i) content += line;
  SECTION("at the limit") {
    ServerTalk talk(Hello::Ehlo, config);
    CHECK(talk.send(content + ".\r\n") == "250 2.0.0 Ok: queued as 1\r\n");
  }
  SECTION("over it") {
    ServerTalk talk(Hello::Ehlo, config);
    CHECK(talk.send(content + "x\r\n").empty());
    for (int i = 0; i < 100; ++i) CHECK(talk.say(content).empty());
    CHECK(talk.say(".\r\n") == "552 5.3.4 Message size exceeds fixed limit\r\n");
    CHECK(talk.delivered().empty());
    CHECK(talk.all<DataReceived>()[0].octets == 101 * 1000 + 3);
    CHECK(talk.send("x\r\n.\r\n") == "250 2.0.0 Ok: queued as 1\r\n");
  }
}

TEST_CASE("SMTP server takes 8-bit content if it offers 8BITMIME, asked for or not (S50)",
          "[smtp][server][data]") {
  const std::string content = "\xC3\xA9\r\n.\r\n";
  ServerTalk offering;
  CHECK(offering.send(content, " BODY=8BITMIME") == "250 2.0.0 Ok: queued as 1\r\n");
  CHECK(offering.send(content, " BODY=7BIT") == "250 2.0.0 Ok: queued as 1\r\n");
  ServerConfig config;
  config.extensions = {Extension::EnhancedStatusCodes};
  ServerTalk not_offering(Hello::Ehlo, config);
  CHECK(not_offering.send(content) == "554 5.6.1 8-bit content, and 8BITMIME is not offered\r\n");
  CHECK(not_offering.delivered().empty());
}

TEST_CASE("SMTP server drops the transaction when its caller refuses the message",
          "[smtp][server][data]") {
  for (const Reply& answer : {Reply(451, {3, 0}, "Later"), Reply(554, {4, 6}, "Too many hops")}) {
    ServerTalk talk;
    talk.message_answer = answer;
    CHECK(talk.send("x\r\n.\r\n") == answer.to_wire());
    CHECK(talk.session.state() == State::Ready);
    CHECK(talk.session.envelope() == mail::Envelope{});
    CHECK(talk.all<TransactionDropped>().size() == 1);
  }
}

TEST_CASE("SMTP server delivers nothing when the line is cut in the content (S74)",
          "[smtp][server][data]") {
  const std::string content = "Subject: x\r\n\r\nbody\r\n.\r\n";
  for (std::size_t cut = 0; cut < content.size(); ++cut) {
    INFO("cut before octet " << cut);
    ServerTalk talk;
    talk.send(content.substr(0, cut));
    talk.leave();
    CHECK(talk.delivered().empty());
    REQUIRE(talk.all<TransactionDropped>().size() == 1);
    CHECK(talk.all<TransactionDropped>()[0].why == TransactionDropped::Why::ConnectionLost);
    CHECK(talk.all<ServerEnded>()[0].why == ServerEnded::Why::ConnectionLost);
    CHECK(talk.session.wants_close());
  }
}

TEST_CASE("SMTP server: content cut anywhere is the same content (S48)", "[smtp][server][data]") {
  const std::string content = "Subject: x\r\n\r\n..dot\r\n.\nx\r\r\n.\r\nNOOP\r\n";
  mailwalk::test::grind(content, [](const mailwalk::test::Pieces& pieces) {
    ServerConfig config;
    config.bare_line_ends = BareLineEnds::Keep;
    ServerTalk talk(Hello::Ehlo, config);
    std::string replies = talk.send("");
    for (const std::string_view piece : pieces) replies += talk.say(piece);
    CHECK(replies == "250 2.0.0 Ok: queued as 1\r\n250 2.0.0 Ok\r\n");
    return talk.delivered();
  });
}

}  // namespace
}  // namespace mailwalk::smtp
