// What the server says to each command. S… are the ids of the conformance list.
#include <string>
#include <vector>

#include "tests/smtp/server_talk.hpp"

namespace mailwalk::smtp {
namespace {

using test::check_conversations;
using test::check_exchanges;
using test::Exchange;
using test::ServerTalk;
using Hello = ServerTalk::Hello;

constexpr std::string_view kExtendedHello =
    "250-mx.b.test\r\n250-PIPELINING\r\n250-SIZE 10485760\r\n250-8BITMIME\r\n"
    "250-ENHANCEDSTATUSCODES\r\n250-SMTPUTF8\r\n250 HELP";

TEST_CASE("SMTP server greets with 220 and its own name (S01)", "[smtp][server]") {
  CHECK(ServerTalk(Hello::None).greeting == "220 mx.b.test ESMTP Mailwalk\r\n");
}

TEST_CASE("SMTP server answers hello (S02 S03 S04 S10)", "[smtp][server]") {
  check_conversations({
      {"S02", Hello::None, {{"EHLO client.example", kExtendedHello}}},
      {"S02 address literal", Hello::None, {{"EHLO [192.0.2.1]", kExtendedHello}}},
      {"S03", Hello::None, {{"HELO client.example", "250 mx.b.test"}}},
      {"S04",
       Hello::None,
       {{"HELO", "501 Syntax: HELO hostname"},
        {"EHLO", "501 Syntax: EHLO hostname"},
        {"EHLO two words", "501 Syntax: EHLO hostname"},
        {"EHLO lab_pc", "501 Syntax: EHLO hostname"},
        {"MAIL FROM:<a@a.test>", "503 5.5.1 Send EHLO or HELO first"}}},
      {"S10",
       Hello::Ehlo,
       {{"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"},
        {"RCPT TO:<bob@b.test>", "250 2.1.5 Ok"},
        {"EHLO again.example", kExtendedHello},
        {"DATA", "503 5.5.1 Need MAIL and RCPT first"},
        {"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"},
        {"HELO again.example", "250 mx.b.test"},
        {"RCPT TO:<bob@b.test>", "503 5.5.1 Need MAIL first"}}},
      {"S10 nothing is left of the recipients that were refused",
       Hello::Ehlo,
       {{"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"},
        {"RCPT TO:<nosuch@b.test>", "550 5.1.1 No such user"},
        {"HELO again.example", "250 mx.b.test"},
        {"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"},
        {"DATA", "503 5.5.1 Need RCPT first"}}},
      {"S10 a hello that is refused drops nothing",
       Hello::Ehlo,
       {{"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"},
        {"EHLO", "501 Syntax: EHLO hostname"},
        {"RCPT TO:<bob@b.test>", "250 2.1.5 Ok"}}},
  });
}

TEST_CASE("SMTP server takes any word for a host name if it is told to", "[smtp][server]") {
  ServerConfig config;
  config.hello_check = HelloCheck::AnyWord;
  ServerTalk talk(Hello::None, config);
  check_exchanges(talk, {{"HELO lab_pc", "250 mx.b.test"},
                         {"HELO two words", "501 Syntax: HELO hostname"},
                         {"HELO", "501 Syntax: HELO hostname"}});
  CHECK(talk.session.helo() == "lab_pc");
}

TEST_CASE("SMTP server keeps the sequence of commands (S05 to S09)", "[smtp][server]") {
  check_conversations({
      {"S05 S06 S07",
       Hello::None,
       {{"MAIL FROM:<a@a.test>", "503 5.5.1 Send EHLO or HELO first"},
        {"RCPT TO:<bob@b.test>", "503 5.5.1 Need MAIL first"},
        {"DATA", "503 5.5.1 Need MAIL and RCPT first"}}},
      {"S07",
       Hello::Ehlo,
       {{"DATA", "503 5.5.1 Need MAIL and RCPT first"},
        {"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"},
        {"DATA", "503 5.5.1 Need RCPT first"},
        {"RCPT TO:<nobody@b.test>", "550 5.1.1 No such user"},
        {"DATA", "554 5.5.1 No valid recipients"},
        {"RCPT TO:<bob@b.test>", "250 2.1.5 Ok"},
        {"DATA", "354 End data with <CR><LF>.<CR><LF>"}}},
      {"S08",
       Hello::Ehlo,
       {{"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"},
        {"MAIL FROM:<b@a.test>", "503 5.5.1 A transaction is open already"},
        {"RCPT TO:<bob@b.test>", "250 2.1.5 Ok"},
        {"MAIL FROM:<b@a.test>", "503 5.5.1 A transaction is open already"},
        {"DATA", "354 End data with <CR><LF>.<CR><LF>"}}},
      {"S09",
       Hello::Ehlo,
       {{"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"},
        {"RCPT TO:<bob@b.test>", "250 2.1.5 Ok"},
        {"RSET", "250 2.0.0 Ok"},
        {"RSET", "250 2.0.0 Ok"},
        {"RCPT TO:<bob@b.test>", "503 5.5.1 Need MAIL first"}}},
  });
}

TEST_CASE("SMTP server: the first MAIL stays valid when a second one is refused (S08)",
          "[smtp][server]") {
  ServerTalk talk;
  talk.command("MAIL FROM:<first@a.test>");
  talk.command("MAIL FROM:<second@a.test>");
  REQUIRE(talk.session.envelope().reverse_path);
  CHECK(talk.session.envelope().reverse_path->text() == "first@a.test");
}

TEST_CASE("SMTP server takes the commands of every state (S11 S12 S16 S18)", "[smtp][server]") {
  const std::string help =
      "214-2.0.0 Commands: HELO EHLO MAIL RCPT DATA RSET NOOP VRFY HELP QUIT\r\n"
      "214 2.0.0 See RFC 5321";
  const std::vector<Exchange> exchanges = {
      {"NOOP", "250 2.0.0 Ok"},
      {"NOOP some text", "250 2.0.0 Ok"},
      {"RSET", "250 2.0.0 Ok"},
      {"VRFY bob", "252 2.1.5 bob"},
      {"VRFY nobody", "550 5.1.1 No such user"},
      {"VRFY", "501 5.5.4 Syntax: VRFY address"},
      {"HELP", help},
      {"HELP MAIL", help},
  };
  check_conversations({{"before EHLO", Hello::None, exchanges},
                       {"after HELO", Hello::Helo, exchanges},
                       {"after EHLO", Hello::Ehlo, exchanges}});
  ServerTalk in_transaction;
  in_transaction.command("MAIL FROM:<a@a.test>");
  check_exchanges(in_transaction, {{"NOOP", "250 2.0.0 Ok"},
                                   {"VRFY bob", "252 2.1.5 bob"},
                                   {"RCPT TO:<bob@b.test>", "250 2.1.5 Ok"}});
}

TEST_CASE("SMTP server: commands without argument take none (S13 S14)", "[smtp][server]") {
  ServerTalk talk;
  talk.command("MAIL FROM:<a@a.test>");
  check_exchanges(talk, {{"RSET now", "501 5.5.4 Syntax: RSET"},
                         {"RCPT TO:<bob@b.test>", "250 2.1.5 Ok"},
                         {"DATA now", "501 5.5.4 Syntax: DATA"},
                         {"QUIT now", "501 5.5.4 Syntax: QUIT"},
                         {"DATA", "354 End data with <CR><LF>.<CR><LF>"}});
}

TEST_CASE("SMTP server: QUIT ends the session and commits nothing (S15)", "[smtp][server]") {
  ServerTalk talk;
  talk.command("MAIL FROM:<a@a.test>");
  talk.command("RCPT TO:<bob@b.test>");
  CHECK_FALSE(talk.session.wants_close());
  CHECK(talk.command("QUIT") == "221 2.0.0 Bye\r\n");
  CHECK(talk.session.wants_close());
  CHECK(talk.delivered().empty());
  REQUIRE(talk.all<TransactionDropped>().size() == 1);
  CHECK(talk.all<TransactionDropped>()[0].why == TransactionDropped::Why::Quit);
  REQUIRE(talk.all<ServerEnded>().size() == 1);
  CHECK(talk.all<ServerEnded>()[0].why == ServerEnded::Why::Quit);
  CHECK(talk.command("NOOP").empty());
}

TEST_CASE("SMTP server: known verbs that are not offered are 502, unknown ones 500 (S17 S19)",
          "[smtp][server]") {
  for (const Hello hello : {Hello::None, Hello::Helo, Hello::Ehlo}) {
    ServerTalk talk(hello);
    for (const char* line :
         {"EXPN staff", "STARTTLS", "AUTH PLAIN", "BDAT 10 LAST", "ETRN b.test", "TURN",
          "SEND FROM:<a@a.test>", "SOML FROM:<a@a.test>", "SAML FROM:<a@a.test>"}) {
      INFO(line);
      CHECK(talk.command(line) == "502 5.5.1 Command not implemented\r\n");
    }
    for (const char* line : {"", "   ", "BOGUS", "MAILX FROM:<a@a.test>", "MAI", " NOOP", ".",
                             "\xC3\xA9", "NOOP\tx", "GET / HTTP/1.0"}) {
      INFO(line);
      CHECK(talk.command(line) == "500 5.5.2 Command not recognized\r\n");
    }
    CHECK(talk.command("NOOP") == "250 2.0.0 Ok\r\n");
  }
}

TEST_CASE("SMTP server reads verbs and keywords in any case, and past trailing blanks (S20 S21)",
          "[smtp][server]") {
  check_conversations({
      {"S20",
       Hello::None,
       {{"eHlO client.example", kExtendedHello},
        {"mail from:<a@a.test> size=10 body=8bitmime", "250 2.1.0 Ok"},
        {"rCpT tO:<bob@b.test>", "250 2.1.5 Ok"},
        {"rset", "250 2.0.0 Ok"}}},
      {"S21",
       Hello::Ehlo,
       {{"NOOP  ", "250 2.0.0 Ok"},
        {"RSET \t ", "250 2.0.0 Ok"},
        {"MAIL FROM:<a@a.test>  ", "250 2.1.0 Ok"},
        {"RCPT TO:<bob@b.test> ", "250 2.1.5 Ok"},
        {"DATA ", "354 End data with <CR><LF>.<CR><LF>"}}},
  });
}

TEST_CASE("SMTP server holds the limits of paths and lines (S39 S40)", "[smtp][server]") {
  const std::string local_64(64, 'u');
  const std::string label_60(60, 'd');
  const std::string domain = label_60 + "." + label_60 + "." + label_60 + ".test";
  ServerTalk talk;
  const std::string longest = "NOOP " + std::string(512 - 7, 'x');
  const std::string longest_extended = "NOOP " + std::string(512 + 26 + 17 + 10 - 7, 'x');
  check_exchanges(
      talk, {{longest, "250 2.0.0 Ok"},
             {longest_extended, "250 2.0.0 Ok"},
             {longest_extended + "x", "500 5.5.2 Line too long"},
             {std::string(4000, 'x'), "500 5.5.2 Line too long"},
             {"MAIL FROM:<" + local_64 + "u@a.test>", "501 5.1.7 Local part too long"},
             {"MAIL FROM:<u@" + domain + "." + label_60 + ".test>", "501 5.1.7 Path too long"},
             {"MAIL FROM:<" + local_64 + "@a.test>", "250 2.1.0 Ok"},
             {"RCPT TO:<" + local_64 + "@b.test>", "550 5.1.1 No such user"},
             {"RCPT TO:<" + local_64 + "u@b.test>", "501 5.1.3 Local part too long"},
             {"RCPT TO:<bob@b.test>", "250 2.1.5 Ok"}});
}

TEST_CASE("SMTP server without extensions takes lines of 512 octets and no more (S39)",
          "[smtp][server]") {
  ServerConfig config;
  config.extensions = {};
  ServerTalk talk(Hello::Helo, config);
  check_exchanges(talk, {{"NOOP " + std::string(505, 'x'), "250 Ok"},
                         {"NOOP " + std::string(506, 'x'), "500 Line too long"}});
}

TEST_CASE("SMTP server takes no command that contains a CR or LF alone (S47)", "[smtp][server]") {
  for (const char* bytes :
       {"NOOP\nNOOP\r\n", "NOOP\n\r\n", "NOOP\r\r\n", "NOOP\rNOOP\r\n", "\nNOOP\r\n"}) {
    INFO(bytes);
    ServerTalk talk;
    CHECK(talk.say(bytes) == "500 5.5.2 CR or LF alone in a command\r\n");
    CHECK(talk.command("NOOP") == "250 2.0.0 Ok\r\n");
  }
  ServerTalk talk(Hello::None);
  CHECK(talk.say("EHLO client.example\n").empty());
}

TEST_CASE("SMTP server puts an enhanced code into every reply but those to hello (S57)",
          "[smtp][server]") {
  for (const Hello hello : {Hello::Helo, Hello::Ehlo}) {
    ServerTalk talk(hello);
    talk.mail_answer = Reply(250, "without a code of its own");
    CHECK(talk.command("MAIL FROM:<a@a.test>") == "250 2.0.0 without a code of its own\r\n");
    talk.command("RCPT TO:<bob@b.test>");
    CHECK(talk.command("DATA") == "354 End data with <CR><LF>.<CR><LF>\r\n");
    talk.message_answer = Reply(451, "later");
    CHECK(talk.say("x\r\n.\r\n") == "451 4.0.0 later\r\n");
  }
}

TEST_CASE("SMTP server leaves enhanced codes away if it does not offer them (S57)",
          "[smtp][server]") {
  ServerConfig config;
  config.extensions = ExtensionSet::usual();
  config.extensions.remove(Extension::EnhancedStatusCodes);
  ServerTalk talk(Hello::Ehlo, config);
  check_exchanges(talk, {{"BOGUS", "500 Command not recognized"},
                         {"MAIL FROM:<a@a.test>", "250 Ok"},
                         {"RCPT TO:<nobody@b.test>", "550 No such user"},
                         {"RCPT TO:<bob@b.test>", "250 Ok"},
                         {"QUIT", "221 Bye"}});
}

TEST_CASE("SMTP server talks through a session full of errors", "[smtp][server]") {
  ServerTalk talk(Hello::None);
  check_exchanges(talk, {{"ehlo client.example", kExtendedHello},
                         {"rset", "250 2.0.0 Ok"},
                         {"mail from:<>", "250 2.1.0 Ok"},
                         {"rcpt to:<bob@b.test>", "250 2.1.5 Ok"},
                         {"rcpt to:<nosuch@b.test>", "550 5.1.1 No such user"},
                         {"rcpt to:<carol@b.test>", "250 2.1.5 Ok"},
                         {"data", "354 End data with <CR><LF>.<CR><LF>"}});
  CHECK(talk.say("Subject: null sender\r\n\r\nbounce-like\r\n.\r\n") ==
        "250 2.0.0 Ok: queued as 1\r\n");
  check_exchanges(talk, {{"", "500 5.5.2 Command not recognized"},
                         {"NOOP ", "250 2.0.0 Ok"},
                         {"TURN", "502 5.5.1 Command not implemented"},
                         {"STARTTLS now", "502 5.5.1 Command not implemented"},
                         {"XCLIENT NAME=x", "500 5.5.2 Command not recognized"},
                         {"QUIT", "221 2.0.0 Bye"}});
}

}  // namespace
}  // namespace mailwalk::smtp
