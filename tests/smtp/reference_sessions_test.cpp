// The reference sessions without TLS and without a login (those are in reference_login_test.cpp).
// What Postfix does as a client (which hosts it asks, when it tries again, what it writes in a
// notice) is held against our MTA in tests/nodes: mx_test, names_test, relay_client_test,
// retry_test, bounce_test.
#include <string>
#include <string_view>
#include <vector>

#include "reference_replay.hpp"

namespace mailwalk::smtp::test {
namespace {

void replay_session(std::string_view title, ServerTalk::Hello hello, const std::vector<Turn>& turns,
                    Said said = Said::Lines) {
  INFO(title);
  ServerConfig config;
  config.limits.message_bytes = 1'048'576;
  ServerTalk talk(hello, config);
  CHECK(talk.greeting.substr(0, 4) == "220 ");
  replay(talk, turns, said);
}

constexpr auto kNone = ServerTalk::Hello::None;
constexpr auto kHelo = ServerTalk::Hello::Helo;
constexpr auto kEhlo = ServerTalk::Hello::Ehlo;

constexpr std::string_view kHelloFirst = "RFC 5321 section 4.1.4: a session begins with EHLO";
constexpr std::string_view kNoSpace = "RFC 5321 section 3.3: no space after the colon";
constexpr std::string_view kNoDsn = "the DSN extension of RFC 3461 is not offered";
constexpr std::string_view kKnownVerb = "502 for a verb that is known and not done (section 4.2.4)";
constexpr std::string_view kPolite = "nobody is sent away before the limit of errors";

}  // namespace

TEST_CASE("The deliveries of the reference sessions", "[smtp][server][reference]") {
  replay_session(
      "with EHLO, and dots", kNone,
      {{"EHLO client.example", "250"},
       {"MAIL FROM:<alice@a.test>", "250"},
       {"RCPT TO:<bob@b.test>", "250"},
       {"DATA", "354"},
       {"Subject: hello\r\n\r\nFirst line.\r\n..two dots\r\n...\r\n\r\nlast\r\n.", "250"},
       {"QUIT", "221 closed"}});
  replay_session("with HELO, one of three refused, then RSET", kNone,
                 {{"HELO client.example", "250"},
                  {"MAIL FROM:<alice@a.test>", "250"},
                  {"RCPT TO:<bob@b.test>", "250"},
                  {"RCPT TO:<carol@b.test>", "250"},
                  {"RCPT TO:<nobody@b.test>", "550"},
                  {"DATA", "354"},
                  {"Subject: two recipients\r\n\r\nhi\r\n.", "250"},
                  {"MAIL FROM:<alice@a.test>", "250"},
                  {"RCPT TO:<carol@b.test>", "250"},
                  {"RSET", "250"},
                  {"QUIT", "221 closed"}});
  replay_session("one recipient whom the next host will refuse", kEhlo,
                 {{"MAIL FROM:<alice@a.test>", "250"},
                  {"RCPT TO:<nosuch@b.test>", "250", "550", "the last server itself is asked here"},
                  {"RCPT TO:<bob@b.test>", "250"},
                  {"DATA", "354"},
                  {"Subject: will bounce once\r\n\r\nhello\r\n.", "250"},
                  {"QUIT", "221 closed"}});
}

TEST_CASE("The order of commands in the reference sessions", "[smtp][server][reference]") {
  replay_session("nothing was said before", kNone,
                 {{"NOOP", "250"},
                  {"NOOP some text", "250"},
                  {"RSET", "250"},
                  {"VRFY bob", "252"},
                  {"HELP", "500", "214", "section 4.1.1.8: HELP helps"},
                  {"EXPN staff", "500", "502", kKnownVerb},
                  {"MAIL FROM:<a@a.test>", "250", "503", kHelloFirst},
                  {"RCPT TO:<bob@b.test>", "250", "503", kHelloFirst},
                  {"RSET", "250"},
                  {"QUIT", "221 closed"}});
  replay_session("a server that insists on HELO", kNone,
                 {{"MAIL FROM:<a@a.test>", "503"},
                  {"RCPT TO:<bob@b.test>", "503"},
                  {"DATA", "503"},
                  {"HELO", "501"},
                  {"EHLO", "501"},
                  {"BOGUS", "500"},
                  {"NOOP", "250"},
                  {"RSET", "250"},
                  {"VRFY bob", "252"},
                  {"QUIT", "221 closed"}});
  replay_session(
      "after EHLO", kEhlo,
      {{"RCPT TO:<bob@b.test>", "503"},
       {"DATA", "503"},
       {"MAIL FROM:<a@a.test>", "250"},
       {"MAIL FROM:<b@a.test>", "503"},
       {"DATA", "554", "503", "section 4.1.4: no RCPT came at all, so it is out of order"},
       {"RCPT TO:<nosuch@b.test>", "550"},
       {"DATA", "554"},
       {"RSET", "250"},
       {"QUIT", "221 closed"}});
  replay_session("EHLO in a transaction ends it", kEhlo,
                 {{"MAIL FROM:<a@a.test>", "250"},
                  {"RCPT TO:<bob@b.test>", "250"},
                  {"EHLO again.example", "250"},
                  {"DATA", "503"},
                  {"MAIL FROM:<a@a.test>", "250"},
                  {"HELO again.example", "250"},
                  {"RCPT TO:<bob@b.test>", "503"},
                  {"QUIT", "221 closed"}});
}

// Postfix was asked twice: as it comes, and with strict_rfc821_envelopes. Its stricter answer
// stands here; what is told of both is what both said.
TEST_CASE("The ways to write MAIL in the reference sessions", "[smtp][server][reference]") {
  const std::vector<Turn> ways{
      {"MAIL", "501"},
      {"MAIL FROM", "501"},
      {"MAIL FROM:", "501"},
      {"MAIL FROM: <a@a.test>", "250", "501", kNoSpace},
      {"MAIL FROM:a@a.test", "501"},
      {"MAIL TO:<a@a.test>", "501"},
      {"MAIL FROM:<a@a.test", "501"},
      {"MAIL FROM:<a b@a.test>", "501"},
      {"MAIL FROM:<a@a@a.test>", "250", "501", "section 4.1.2: a local part with @ is quoted"},
      {"MAIL FROM:<@relay.test:a@a.test>", "250"},
      {"MAIL FROM:<a@a.test>junk", "501"},
      {"MAIL FROM:<a@a.test> FOO=BAR", "555"},
      {"MAIL FROM:<a@a.test> SIZE=99999999", "552"},
      {"MAIL FROM:<a@a.test> SIZE=abc", "501"},
      {"MAIL FROM:<a@a.test> SIZE=", "501"},
      {"MAIL FROM:<a@a.test> BODY=FOO", "555", "501",
       "section 4.1.1.11: the parameter is known, its value is not"},
      {"MAIL FROM:<a@a.test> BODY=8BITMIME SIZE=1000", "250"},
      {"MAIL FROM:<a@a.test> RET=HDRS ENVID=abc", "250", "555", kNoDsn},
      {"MAIL FROM:<>", "250"},
      {"mail from:<a@a.test>", "250"},
      {"MAIL FROM:<a@a.test>   ", "250"},
      {"MAIL FROM:<a@unresolvable.invalid>", "250"},
      {"MAIL FROM:<a>", "250", "501", "section 4.1.2: a mailbox has a domain"},
  };
  ServerConfig config;
  config.limits.message_bytes = 1'048'576;
  for (const Turn& way : ways) {
    ServerTalk talk(kEhlo, config);
    replay(talk, {way, {"RSET", "250"}, {"QUIT", "221 closed"}});
  }
}

TEST_CASE("The recipients of the reference sessions", "[smtp][server][reference]") {
  replay_session(
      "RCPT, VRFY, and arguments where none belong", kEhlo,
      {{"MAIL FROM:<a@a.test>", "250"},
       {"RCPT", "501"},
       {"RCPT TO:", "501"},
       {"RCPT TO:<>", "501"},
       {"RCPT TO:bob@b.test", "501"},
       {"RCPT TO: <bob@b.test>", "250", "501", kNoSpace},
       {"RCPT TO:<bob>", "250", "501", "section 4.1.1.3: only <Postmaster> needs no domain"},
       {"RCPT TO:<postmaster>", "250"},
       {"RCPT TO:<Postmaster@b.test>", "250"},
       {"RCPT TO:<BOB@B.TEST>", "250"},
       {"RCPT TO:<nosuch@b.test>", "550"},
       {"RCPT TO:<x@elsewhere.test>", "554", "550", "section 3.6.2 names 550 for policy"},
       {"RCPT TO:<bob@[127.0.0.1]>", "250", "550", "that is no address of this host"},
       {"RCPT TO:<\"bob\"@b.test>", "250"},
       {"RCPT TO:<@x.test:bob@b.test>", "250"},
       {"RCPT TO:<bob%b.test@b.test>", "554", "550",
        "a % means nothing here: nobody has that name"},
       {"RCPT TO:<bob@b.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob@b.test", "250", "555",
        kNoDsn},
       {"RCPT TO:<bob@b.test> NOTIFY=NEVER,FAILURE", "501", "555", kNoDsn},
       {"RCPT TO:<bob@b.test> FOO=BAR", "555"},
       {"RCPT TO:<bob@b.test>", "250"},
       {"RCPT TO:<bob@b.test>", "250"},
       {"VRFY bob@b.test", "252"},
       {"VRFY nosuch@b.test", "550"},
       {"VRFY", "501"},
       {"VRFY x@elsewhere.test", "554", "550", "section 3.5.3: 550 for whom it does not know"},
       {"RSET now", "501"},
       {"DATA extra", "501"},
       {"QUIT now", "221 closed", "501", "section 4.1.1.10: QUIT has no argument"},
       {"QUIT", "closed", "221 closed", "the line is still open"}});
}

TEST_CASE("The oddities of the reference sessions", "[smtp][server][reference]") {
  replay_session("lower case, the null sender, what is no command", kEhlo,
                 {{"rset", "250"},
                  {"mail from:<>", "250"},
                  {"rcpt to:<bob@b.test>", "250"},
                  {"rcpt to:<carol@b.test>", "250"},
                  {"data", "354"},
                  {"Subject: null sender\r\n\r\nbounce-like\r\n.", "250"},
                  {"", "500"},
                  {"   ", "500"},
                  {"  NOOP", "250", "500", "section 2.4: a line begins with its verb"},
                  {"NOOP ", "250"},
                  {"HELP", "500", "214", "section 4.1.1.8: HELP helps"},
                  {"TURN", "500", "502", kKnownVerb},
                  {"ETRN b.test", "459", "502", "ETRN is not offered"},
                  {"SEND FROM:<a@a.test>", "500", "502", kKnownVerb},
                  {"XCLIENT NAME=x", "550", "500", "a verb of Postfix's own"},
                  {"\xC3\xA9", "221 closed", "500", kPolite},
                  {"QUIT", "closed", "221 closed", "the line is still open"}});
  replay_session(
      "a browser calls", kNone,
      {{"GET / HTTP/1.0", "221 closed", "500", kPolite}, {"Host: x", "closed", "500", kPolite}});
}

TEST_CASE("The smugglers of the reference sessions", "[smtp][server][reference]") {
  struct Candidate {
    std::string_view end;
    std::string_view ours;  // at the real end of the data, where Postfix says 250
  };
  // A CR or LF alone is content, and such content is refused. Postfix takes the first three for an
  // end of the data, so that MAIL is a command to it.
  const std::vector<Candidate> candidates{
      {"\n.\n", "550"},
      {"\r\n.\n", "550"},
      {"\n.\r\n", "550"},
      {"\r.\r", "550"},
      {"\r.\r\n", "550"},
      {"\r\n.\r", "550"},
      {{"\r\n\0.\r\n", 6}, "250"},
      {{"\r\n.\0\r\n", 6}, "250"},
  };
  for (const Candidate& candidate : candidates) {
    INFO("the end is " << candidate.end);
    ServerTalk talk(kEhlo);
    replay(talk,
           {{"MAIL FROM:<a@a.test>", "250"}, {"RCPT TO:<carol@b.test>", "250"}, {"DATA", "354"}});
    const std::string smuggled =
        "Subject: x\r\n\r\nbody" + std::string(candidate.end) + "MAIL FROM:<evil@a.test>\r\n";
    CHECK(codes_of(talk.say(smuggled)) == kSilence);
    CHECK(codes_of(talk.say("\r\n.\r\n")) == candidate.ours);
    CHECK(talk.all<MailAsked>().size() == 1);
    replay(talk, {{"QUIT", "221 closed"}});
  }
  replay_session("lines that end in LF alone", kNone,
                 {{"EHLO x\n", "250", kSilence, "section 2.3.8: only CRLF ends a line"}},
                 Said::Octets);
}

TEST_CASE("The pipelines of the reference sessions", "[smtp][server][reference]") {
  replay_session("in groups, as RFC 2920 has it", kEhlo,
                 {{"MAIL FROM:<a@a.test>\r\nRCPT TO:<bob@b.test>\r\nRCPT TO:<nosuch@b.test>\r\n"
                   "RCPT TO:<carol@b.test>\r\nDATA\r\n",
                   "250 250 550 250 354"},
                  {"Subject: pipelined\r\n\r\nbody\r\n.\r\nMAIL FROM:<b@a.test>\r\n"
                   "RCPT TO:<nosuch@b.test>\r\nDATA\r\n",
                   "250 250 550 554"},
                  {"RSET\r\nNOOP\r\nQUIT\r\n", "250 250 221 closed"}},
                 Said::Octets);
  replay_session(
      "before EHLO was answered", kNone,
      {{"EHLO c.example\r\nMAIL FROM:<a@a.test>\r\n", "250 250"}, {"QUIT\r\n", "221 closed"}},
      Said::Octets);
  replay_session("the content before 354", kEhlo,
                 {{"MAIL FROM:<a@a.test>\r\nRCPT TO:<bob@b.test>\r\nDATA\r\n"
                   "Subject: x\r\n\r\nbody\r\n.\r\nQUIT\r\n",
                   "250 250 354 250 221 closed", "250 250 554 closed",
                   "RFC 2920 section 3.1: DATA is the last of its group; what comes too early may "
                   "be smuggled"}},
                 Said::Octets);
  replay_session(
      "after HELO", kHelo,
      {{"MAIL FROM:<a@a.test>\r\nRCPT TO:<bob@b.test>\r\n", "250 250"}, {"QUIT\r\n", "221 closed"}},
      Said::Octets);
}

TEST_CASE("The idle client of the reference sessions", "[smtp][server][reference]") {
  ServerTalk talk(kEhlo);
  CHECK(talk.wait(seconds(299)).empty());
  CHECK(codes_of(talk.wait(seconds(1))) == "421");
  CHECK(talk.session.wants_close());
}

}  // namespace mailwalk::smtp::test
