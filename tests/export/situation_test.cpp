// How things stand, in words.
#include "export/situation.hpp"

#include <string>

#include "journal/reducer.hpp"
#include "tests/export/hand_made_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::exporting;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

const Bytes kMail("Subject: Kopi?\r\n\r\nHai\r\n");

std::string english(const HandMadeRun& run) {
  return situation_text(view_at_end(run.journal()), Language::English);
}
std::string indonesian(const HandMadeRun& run) {
  return situation_text(view_at_end(run.journal()), Language::Indonesian);
}

void compose(HandMadeRun& run) {
  run.add(kAnisLaptop,
          MailComposed{
              OutboxId{1}, Bytes("ani@kampus.example"), {Bytes("budi@kantor.example")}, kMail});
}

void deliver(HandMadeRun& run) {
  run.add(kMailboxServer, LetterDelivered{Bytes("budi"), Bytes("0001"), kMail, QueueNumber{}});
}

}  // namespace

TEST_CASE("An empty stage has a date, machines and nothing else", "[export][situation]") {
  const HandMadeRun run;
  const std::string text = english(run);
  CHECK(text.find("Monday, 5 January 2026, 09:00:00.000\n\nAni's laptop\n  no letters\n") == 0);
  CHECK_THAT(text, ContainsSubstring("  budi's maildrop: no letters, no octets of 10000\n"));
  CHECK_THAT(text,
             ContainsSubstring("  fetches budi's mail from mx.kantor.example in delete mode\n"));
  CHECK_THAT(text, ContainsSubstring("\nno connection is open\n"));
  CHECK_THAT(indonesian(run), ContainsSubstring("kotak surat budi: 0 surat, 0 oktet dari 10000"));
}

TEST_CASE("A letter in the outbox waits, is sent, or was refused", "[export][situation]") {
  HandMadeRun run;
  compose(run);
  CHECK_THAT(
      english(run),
      ContainsSubstring("  in the outbox: letter A “Kopi?”, for budi@kantor.example; waits to "
                        "be sent\n"));
  run.call(kAnisLaptop, kMta, kSubmissionPort);
  run.at_client(SubmissionBegun{OutboxId{1}});
  CHECK_THAT(english(run), ContainsSubstring("; being sent\n"));
  run.at_client(
      SubmissionDeferred{OutboxId{1}, VirtualTime{} + minutes(5), Trouble::ConnectionRefused, {}});
  CHECK_THAT(english(run), ContainsSubstring("; waits until 09:05:00: connection refused\n"));
  CHECK_THAT(indonesian(run), ContainsSubstring("; menunggu sampai pukul 09:05:00: "));
  run.add(kAnisLaptop, MailRefused{OutboxId{1}, {Bytes("budi@kantor.example")}, Bytes("550 no")});
  CHECK_THAT(english(run), ContainsSubstring("; refused: 550 no\n"));
}

TEST_CASE("A letter in a queue waits for its next try", "[export][situation]") {
  HandMadeRun run;
  const AddressList budi{Bytes("budi@kantor.example")};
  run.add(kMta, MailQueued{QueueNumber{1}, Bytes("Q1"), Bytes("ani@kampus.example"), budi, kMail});
  CHECK_THAT(english(run), ContainsSubstring("for budi@kantor.example; waits for its first try\n"));
  run.call(kMta, kMailboxServer, kSmtpPort);
  run.at_client(RelayBegun{QueueNumber{1}, budi});
  CHECK_THAT(english(run), ContainsSubstring("; being handed on\n"));
  CHECK_THAT(english(run), ContainsSubstring("  #1  Campus MTA → Mailbox server, port 25"));
  run.add(kMta,
          RecipientSettled{QueueNumber{1}, budi[0], Outcome::Deferred, Trouble::LineLost, {}});
  run.add(kMta, RetryScheduled{QueueNumber{1}, VirtualTime{} + minutes(30), 1});
  CHECK_THAT(english(run), ContainsSubstring("; waits until 09:30:00, after 1 try\n"));
}

TEST_CASE("A maildrop is shown with its numbers, its marks and its lock", "[export][situation]") {
  HandMadeRun run;
  deliver(run);
  CHECK_THAT(english(run), ContainsSubstring("budi's maildrop: 1 letter, 23 octets of 10000\n"));
  CHECK_THAT(english(run), ContainsSubstring("      - letter A “Kopi?”, UID 0001, 23 octets\n"));
  run.add(kBudisPhone, PollStarted{HandMadeRun::kAccount});
  run.call(kBudisPhone, kMailboxServer, kPop3Port);
  run.at_server(
      SessionStateChanged{Side::Server, pop3::State::Connected, pop3::State::Transaction});
  run.at_server(MaildropLocked{Bytes("budi")});
  run.at_server(LetterMarked{Bytes("budi"), Bytes("0001"), 1});
  run.at_server(BytesSent{Bytes("+OK\r\n")});
  const std::string text = english(run);
  CHECK_THAT(text, ContainsSubstring("of 10000, locked by session #1\n"));
  CHECK_THAT(text, ContainsSubstring("      1 letter A “Kopi?”, UID 0001, 23 octets, marked for "
                                     "deletion\n"));
  CHECK_THAT(text, ContainsSubstring("in delete mode; is asking just now\n"));
  CHECK_THAT(text, ContainsSubstring("port 110, POP3 TRANSACTION\n      ← 5 octets under way\n"));
}

TEST_CASE("A device shows what is read and what is not, and why it got nothing",
          "[export][situation]") {
  HandMadeRun run;
  run.add(kBudisPhone,
          LetterStored{DeviceLetterId{1}, HandMadeRun::kAccount, Bytes("0001"), kMail});
  CHECK_THAT(english(run), ContainsSubstring(", unread\n"));
  run.add(kBudisPhone, LetterRead{DeviceLetterId{1}});
  CHECK_THAT(english(run), ContainsSubstring(", read\n"));
  run.add(kBudisPhone, PollStarted{HandMadeRun::kAccount});
  run.add(kBudisPhone, PollFinished{HandMadeRun::kAccount, 0, Trouble::NoReply, {}});
  CHECK_THAT(english(run), ContainsSubstring("; last time: no reply came\n"));
}
