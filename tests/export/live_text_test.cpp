// A run told as it happens.
#include "export/live_text.hpp"

#include <string>

#include "tests/export/hand_made_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::exporting;
using namespace mailwalk::journal;
using mailwalk::test::HandMadeRun;
using mailwalk::test::kBudisPhone;
using mailwalk::test::kMailboxServer;

namespace {

std::string told(const HandMadeRun& run, const TextOptions& options = {}) {
  LiveText live(options);
  std::string text;
  for (const Event& event : run.journal()) text += live.tell(event);
  return text;
}

}  // namespace

TEST_CASE("A live transcript tells each line once, with its connection", "[export][live]") {
  HandMadeRun run;
  run.call(kBudisPhone, kMailboxServer, kPop3Port);
  run.reply(std::nullopt, 200, "+OK ready");
  run.command(pop3::Verb::User, "USER budi");
  run.reply(pop3::Verb::User, 200, "+OK");
  run.command(pop3::Verb::Pass, "PASS rahasia", Secrecy::Secret);
  run.reply(pop3::Verb::Pass, 200, "+OK");
  run.command(pop3::Verb::List, "LIST");
  run.reply(pop3::Verb::List, 200, "+OK 0 messages");
  run.command(pop3::Verb::Retr, "RETR 1");
  run.reply(pop3::Verb::Retr, 200, "+OK", "Subject: x\r\n\r\n.dot\r\n");
  CHECK(told(run) ==
        "09:00:00.000  * Budi's phone is set up to fetch budi's mail from mx.kantor.example in "
        "delete "
        "mode\n"
        "09:00:00.000  #1 ── Budi's phone → Mailbox server, port 110\n"
        "09:00:00.040  #1 S: +OK ready\n"
        "09:00:00.060  #1 C: USER budi\n"
        "09:00:00.080  #1 S: +OK\n"
        "09:00:00.100  #1 C: PASS ********\n"
        "09:00:00.120  #1 S: +OK\n"
        "09:00:00.140  #1 C: LIST\n"
        "09:00:00.160  #1 S: +OK 0 messages\n"
        "09:00:00.160  #1 S: .\n"
        "09:00:00.180  #1 C: RETR 1\n"
        "09:00:00.200  #1 S: +OK\n"
        "09:00:00.200  #1 S: Subject: x\n"
        "09:00:00.200  #1 S: \n"
        "09:00:00.200  #1 S: ..dot\n"
        "09:00:00.200  #1 S: .\n");
  const std::string indonesian = told(
      run,
      {.line_ends = LineEnds::Shown, .secrets = Secrets::Shown, .language = Language::Indonesian});
  CHECK_THAT(indonesian, ContainsSubstring("#1 ── HP Budi → Server kotak surat, port 110\n"));
  CHECK_THAT(indonesian, ContainsSubstring("#1 C: PASS rahasia␍␊\n"));
}

TEST_CASE("A live transcript hears somebody from outside where they are read", "[export][live]") {
  HandMadeRun run;
  run.call(kBudisPhone, kMailboxServer, kSmtpPort);  // nothing is known of what the client sends
  run.at_server(CommandReceived{smtp::Verb::Noop, Secrecy::Open, Bytes("NOOP")});
  run.at_server(ReplySent{smtp::Verb::Noop, 250, Bytes("250 2.0.0 Ok"), {}, Protocol::Smtp});
  run.at_server(ContentReceived{Bytes("x\r\n")});
  CHECK_THAT(told(run), ContainsSubstring("#1 C: NOOP\n"
                                          "09:00:00.040  #1 S: 250 2.0.0 Ok\n"
                                          "09:00:00.040  #1 C: x\n"
                                          "09:00:00.040  #1 C: .\n"));
}

TEST_CASE("A live transcript says what becomes of letters", "[export][live]") {
  HandMadeRun run;
  run.call(kBudisPhone, kMailboxServer, kSmtpPort);
  run.at_server(LetterDelivered{Bytes("budi"), Bytes("0001"), Bytes("x\r\n"), QueueNumber{}});
  CHECK_THAT(told(run), ContainsSubstring("#1 * letter "));
}

TEST_CASE("A live transcript tells who hangs up without QUIT, once", "[export][live]") {
  HandMadeRun run;
  run.call(kBudisPhone, kMailboxServer, kPop3Port);
  run.reply(std::nullopt, 200, "+OK ready");
  SECTION("the client") {
    run.at_client(ConnectionClosing{});
    run.at_server(ConnectionClosed{});
    run.at_server(ConnectionClosing{});
    const std::string text = told(run);
    CHECK_THAT(text, ContainsSubstring("#1 * Budi's phone hangs up, and nobody said QUIT\n"));
    CHECK(text.find("Mailbox server hangs up") == std::string::npos);
    CHECK_THAT(told(run, {.language = Language::Indonesian}),
               ContainsSubstring("#1 * HP Budi menutup sambungan tanpa ada QUIT\n"));
  }
  SECTION("the server, when it has waited for long enough") {
    run.at_server(ConnectionClosing{});
    run.at_client(ConnectionClosed{});
    run.at_client(ConnectionClosing{});
    const std::string text = told(run);
    CHECK_THAT(text, ContainsSubstring("#1 * Mailbox server hangs up, and nobody said QUIT\n"));
    CHECK(text.find("Budi's phone hangs up") == std::string::npos);
  }
  SECTION("and nobody after QUIT") {
    run.command(pop3::Verb::Quit, "QUIT");
    run.reply(pop3::Verb::Quit, 200, "+OK bye");
    run.hang_up();
    CHECK(told(run).find("hangs up") == std::string::npos);
  }
}
