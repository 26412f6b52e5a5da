// The arguments of MAIL and RCPT: paths, parameters, limits. S… are the ids of the conformance
// list.
#include <string>
#include <vector>

#include "tests/smtp/server_talk.hpp"

namespace mailwalk::smtp {
namespace {

using test::check_conversations;
using test::check_exchanges;
using test::ServerTalk;
using Hello = ServerTalk::Hello;

constexpr std::string_view kMailSyntax = "501 5.5.4 Syntax: MAIL FROM:<address>";
constexpr std::string_view kRcptSyntax = "501 5.5.4 Syntax: RCPT TO:<address>";
constexpr std::string_view kBadSender = "501 5.1.7 Bad sender address syntax";
constexpr std::string_view kBadRecipient = "501 5.1.3 Bad recipient address syntax";

TEST_CASE("SMTP server: what MAIL takes and what not (S22 to S27 S50 S51)", "[smtp][server]") {
  struct {
    const char* id;
    const char* argument;
    std::string_view reply;
  } const rows[] = {
      {"S22", " FROM: <a@a.test>", kBadSender},
      {"S23", " FROM:a@a.test", kBadSender},
      {"S24", "", kMailSyntax},
      {"S24", " FROM", kMailSyntax},
      {"S24", " FROM:", kMailSyntax},
      {"S24", " TO:<a@a.test>", kMailSyntax},
      {"S24", " FROM:<a@a.test", kBadSender},
      {"S24", " FROM:a@a.test>", kBadSender},
      {"S24", " FROM:<a b@a.test>", kBadSender},
      {"S24", " FROM:<a@a@a.test>", kBadSender},
      {"S24", " FROM:<a>", kBadSender},
      {"S24", "  FROM:<a@a.test>", kMailSyntax},
      {"S24", " FROM:<a@a.test>junk", "501 5.5.4 Bad parameter syntax"},
      {"S25", " FROM:<>", "250 2.1.0 Ok"},
      {"S26", " FROM:<a@a.test> FOO=BAR", "555 5.5.4 Parameter not supported: FOO"},
      {"S26", " FROM:<a@a.test> FOO", "555 5.5.4 Parameter not supported: FOO"},
      {"S26", " FROM:<a@a.test> RET=HDRS", "555 5.5.4 Parameter not supported: RET"},
      {"S26", " FROM:<a@a.test> FOO=B=R", "501 5.5.4 Bad parameter syntax"},
      {"S34", " FROM:<@x.test,@y.test:a@a.test>", "250 2.1.0 Ok"},
      {"S50", " FROM:<a@a.test> BODY=8BITMIME SIZE=1000", "250 2.1.0 Ok"},
      {"S50", " FROM:<a@a.test> BODY=7BIT", "250 2.1.0 Ok"},
      {"S50", " FROM:<a@a.test> BODY=FOO", "501 5.5.4 Bad value of parameter BODY"},
      {"S50", " FROM:<a@a.test> BODY", "501 5.5.4 Bad value of parameter BODY"},
      {"S51", " FROM:<a@a.test> SIZE=1", "250 2.1.0 Ok"},
      {"S51", " FROM:<a@a.test> SIZE=10485760", "250 2.1.0 Ok"},
      {"S51", " FROM:<a@a.test> SIZE=10485761", "552 5.3.4 Message size exceeds fixed limit"},
      {"S51", " FROM:<a@a.test> SIZE=99999999999999999999",
       "552 5.3.4 Message size exceeds fixed limit"},
      {"S51", " FROM:<a@a.test> SIZE=abc", "501 5.5.4 Bad value of parameter SIZE"},
      {"S51", " FROM:<a@a.test> SIZE=", "501 5.5.4 Bad value of parameter SIZE"},
      {"S51", " FROM:<a@a.test> SIZE=-1", "501 5.5.4 Bad value of parameter SIZE"},
      {"S51", " FROM:<a@a.test> SIZE=111111111111111111111",
       "501 5.5.4 Bad value of parameter SIZE"},
      {"twice", " FROM:<a@a.test> SIZE=1 SIZE=2", "501 5.5.4 Parameter given twice: SIZE"},
      {"twice", " FROM:<a@a.test> SMTPUTF8 BODY=8BITMIME", "250 2.1.0 Ok"},
      {"value", " FROM:<a@a.test> SMTPUTF8=yes", "501 5.5.4 Bad value of parameter SMTPUTF8"},
  };
  for (const auto& row : rows) {
    INFO(row.id << " MAIL" << row.argument);
    ServerTalk talk;
    CHECK(talk.command("MAIL" + std::string(row.argument)) == std::string(row.reply) + "\r\n");
    CHECK(talk.session.state() == (row.reply[0] == '2' ? State::MailGiven : State::Ready));
  }
}

TEST_CASE("SMTP server: parameters come with EHLO only (S27)", "[smtp][server]") {
  ServerTalk talk(Hello::Helo);
  check_exchanges(
      talk, {{"MAIL FROM:<a@a.test> SIZE=1", "555 5.5.4 Parameter not supported: SIZE"},
             {"MAIL FROM:<a@a.test> BODY=8BITMIME", "555 5.5.4 Parameter not supported: BODY"},
             {"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"}});
}

TEST_CASE("SMTP server: an extension that is not offered has no parameters", "[smtp][server]") {
  ServerConfig config;
  config.extensions = {Extension::EnhancedStatusCodes};
  ServerTalk talk(Hello::None, config);
  check_exchanges(talk,
                  {{"EHLO client.example", "250-mx.b.test\r\n250-ENHANCEDSTATUSCODES\r\n250 HELP"},
                   {"MAIL FROM:<a@a.test> SIZE=1", "555 5.5.4 Parameter not supported: SIZE"},
                   {"MAIL FROM:<a@a.test> BODY=7BIT", "555 5.5.4 Parameter not supported: BODY"},
                   {"MAIL FROM:<a@a.test> SMTPUTF8", "555 5.5.4 Parameter not supported: SMTPUTF8"},
                   {"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"}});
}

TEST_CASE("SMTP server: what RCPT takes and what not (S28 to S35)", "[smtp][server]") {
  struct {
    const char* id;
    const char* argument;
    std::string_view reply;
  } const rows[] = {
      {"S26", " TO:<bob@b.test> FOO=BAR", "555 5.5.4 Parameter not supported: FOO"},
      {"S26", " TO:<bob@b.test>junk", "501 5.5.4 Bad parameter syntax"},
      {"S28", "", kRcptSyntax},
      {"S28", " TO", kRcptSyntax},
      {"S28", " TO:", kRcptSyntax},
      {"S28", " FROM:<bob@b.test>", kRcptSyntax},
      {"S28", " TO:<>", kBadRecipient},
      {"S28", " TO:bob@b.test", kBadRecipient},
      {"S28", " TO: <bob@b.test>", kBadRecipient},
      {"S28", " TO:<bob>", kBadRecipient},
      {"S29", " TO:<Postmaster>", "250 2.1.5 Ok"},
      {"S29", " TO:<postMASTER>", "250 2.1.5 Ok"},
      {"S30", " TO:<postmaster@b.test>", "250 2.1.5 Ok"},
      {"S31", " TO:<bob@B.TEST>", "250 2.1.5 Ok"},
      {"S32", " TO:<nosuch@b.test>", "550 5.1.1 No such user"},
      {"S33", " TO:<x@elsewhere.test>", "550 5.7.1 Relay access denied"},
      {"S34", " TO:<@x.test:bob@b.test>", "250 2.1.5 Ok"},
      {"S35", " TO:<\"bob\"@b.test>", "250 2.1.5 Ok"},
  };
  for (const auto& row : rows) {
    INFO(row.id << " RCPT" << row.argument);
    ServerTalk talk;
    talk.command("MAIL FROM:<a@a.test>");
    CHECK(talk.command("RCPT" + std::string(row.argument)) == std::string(row.reply) + "\r\n");
    const bool accepted = row.reply[0] == '2';
    CHECK(talk.session.state() == (accepted ? State::RcptGiven : State::MailGiven));
    CHECK(talk.session.envelope().recipients.size() == (accepted ? 1 : 0));
  }
}

TEST_CASE("SMTP server drops the route and the quotes of a path (S34 S35)", "[smtp][server]") {
  ServerTalk talk;
  talk.command("MAIL FROM:<a@a.test>");
  talk.command("RCPT TO:<@x.test:bob@b.test>");
  talk.command("RCPT TO:<\"carol\"@b.test>");
  const std::vector<mail::Mailbox> expected = {{"bob", "b.test"}, {"carol", "b.test"}};
  CHECK(talk.session.envelope().recipients == expected);
}

TEST_CASE("SMTP server takes 100 recipients and more, up to its limit (S36)", "[smtp][server]") {
  ServerConfig config;
  config.limits.recipients = 100;
  ServerTalk talk(Hello::Ehlo, config);
  talk.command("MAIL FROM:<a@a.test>");
  for (int i = 0; i < 100; ++i) {
    REQUIRE(talk.command("RCPT TO:<bob@b.test>") == "250 2.1.5 Ok\r\n");
  }
  CHECK(talk.command("RCPT TO:<carol@b.test>") == "452 4.5.3 Too many recipients\r\n");
  CHECK(talk.command("DATA").substr(0, 3) == "354");
  CHECK(talk.say("x\r\n.\r\n").substr(0, 3) == "250");
  REQUIRE(talk.all<MessageAsked>().size() == 1);
  CHECK(talk.all<MessageAsked>()[0].envelope.recipients.size() == 100);
}

TEST_CASE("SMTP server takes addresses outside ASCII under SMTPUTF8 only (S60)", "[smtp][server]") {
  check_conversations({
      {"S60 without the parameter",
       Hello::Ehlo,
       {{"MAIL FROM:<bj\xC3\xB6rn@a.test>", "553 5.6.7 Address outside ASCII needs SMTPUTF8"},
        {"MAIL FROM:<a@a.test>", "250 2.1.0 Ok"},
        {"RCPT TO:<bj\xC3\xB6rn@b.test>", "553 5.6.7 Address outside ASCII needs SMTPUTF8"},
        {"RCPT TO:<bob@bj\xC3\xB6rn.test>", "553 5.6.7 Address outside ASCII needs SMTPUTF8"}}},
      {"S60 with it",
       Hello::Ehlo,
       {{"MAIL FROM:<bj\xC3\xB6rn@a.test> SMTPUTF8", "250 2.1.0 Ok"},
        {"RCPT TO:<bj\xC3\xB6rn@b.test>", "550 5.1.1 No such user"},
        {"RCPT TO:<bob@b.test>", "250 2.1.5 Ok"}}},
      {"S60 not UTF-8 at all", Hello::Ehlo, {{"MAIL FROM:<bj\xF6rn@a.test> SMTPUTF8", kBadSender}}},
      {"VRFY",
       Hello::Ehlo,
       {{"VRFY bj\xC3\xB6rn", "553 5.6.7 Address outside ASCII needs SMTPUTF8"},
        {"VRFY bj\xC3\xB6rn SMTPUTF8", "550 5.1.1 No such user"},
        {"VRFY bob smtputf8", "252 2.1.5 bob"}}},
  });
}

TEST_CASE("SMTP server tells its caller what MAIL asked for", "[smtp][server]") {
  ServerTalk talk;
  talk.command("MAIL FROM:<> SIZE=1000 BODY=8BITMIME SMTPUTF8");
  REQUIRE(talk.all<MailAsked>().size() == 1);
  const MailAsked asked = talk.all<MailAsked>()[0];
  CHECK_FALSE(asked.reverse_path);
  CHECK(asked.parameters ==
        MailParameters{1000, mail::BodyType::EightBitMime, mail::Utf8::Allowed});
  CHECK(talk.session.envelope().body == mail::BodyType::EightBitMime);
  CHECK(talk.session.envelope().smtputf8);
}

TEST_CASE("SMTP server opens no transaction when its caller refuses MAIL", "[smtp][server]") {
  ServerTalk talk;
  talk.mail_answer = Reply(452, {3, 1}, "No room");
  check_exchanges(talk, {{"MAIL FROM:<a@a.test>", "452 4.3.1 No room"},
                         {"RCPT TO:<bob@b.test>", "503 5.5.1 Need MAIL first"}});
}

// After the sessions of reference/03: the client's side of a second look at errors.
}  // namespace
}  // namespace mailwalk::smtp
