// Where each copy is at the end, whom a letter will not reach, and how full it got.
#include "export/ledger.hpp"

#include <string>

#include "journal/reducer.hpp"
#include "tests/export/hand_made_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::exporting;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

const Bytes kLedgerLetter{"Subject: Kopi?\r\n\r\n"};

std::string ledger(const HandMadeRun& run, Language language) {
  return ledger_text(view_at_end(run.journal()), Narrator(language));
}

void write_to(HandMadeRun& run, const AddressList& recipients) {
  run.add(kAnisLaptop,
          MailComposed{OutboxId{1}, Bytes("ani@a.example"), recipients, kLedgerLetter});
}

std::string last_told(const HandMadeRun& run, Language language) {
  WorldView before;
  const EventPosition last{run.journal().size() - 1};
  while (before.events < last.value()) advance(before, run.journal()[EventPosition{before.events}]);
  const Event& event = run.journal()[last];
  return Narrator(language).tell({event, before, apply(before, event)});
}

}  // namespace

TEST_CASE("The ledger says whom a letter will not reach, and why", "[export][ledger]") {
  HandMadeRun run;
  write_to(run, {Bytes("nobody@b.example"), Bytes("eka@c.example")});
  run.add(kAnisLaptop, MailRefused{OutboxId{1}, {Bytes("x@a.example")}, Bytes("550 no relaying")});
  run.call(kAnisLaptop, kMta, kSubmissionPort);
  run.at_client(SubmissionBegun{OutboxId{1}});
  run.content(std::string(kLedgerLetter.view()));
  run.at_server(MailQueued{QueueNumber{1},
                           Bytes("q1"),
                           Bytes("ani@a.example"),
                           {Bytes("nobody@b.example"), Bytes("eka@c.example")},
                           kLedgerLetter});
  run.add(kMta, RecipientSettled{QueueNumber{1}, Bytes("nobody@b.example"), Outcome::Failed,
                                 Trouble::ServerSaid, Bytes("550 5.1.1 no such user")});
  run.add(kMta, RecipientSettled{QueueNumber{1},
                                 Bytes("eka@c.example"),
                                 Outcome::Deferred,
                                 Trouble::ConnectionRefused,
                                 {}});
  const std::string before_expiry = ledger(run, Language::English);
  CHECK_THAT(before_expiry, ContainsSubstring("        not for x@a.example: 550 no relaying\n"));
  CHECK_THAT(before_expiry,
             ContainsSubstring("        not for nobody@b.example: 550 5.1.1 no such user\n"));
  CHECK(before_expiry.find("eka@c.example") == std::string::npos);
  run.add(kMta, RecipientSettled{QueueNumber{1},
                                 Bytes("eka@c.example"),
                                 Outcome::Expired,
                                 Trouble::ConnectionRefused,
                                 {}});
  CHECK_THAT(ledger(run, Language::English),
             ContainsSubstring("        not for eka@c.example: connection refused\n"));
  CHECK_THAT(ledger(run, Language::Indonesian),
             ContainsSubstring("        tidak sampai ke eka@c.example: sambungan ditolak\n"));
}

TEST_CASE("What arrives in a maildrop with a quota is told with the room that is used",
          "[export][ledger][quota]") {
  HandMadeRun run;
  const Bytes large(std::string(2'631, 'x'));
  run.add(kMailboxServer, LetterDelivered{Bytes("budi"), Bytes("u1"), large, QueueNumber{}});
  CHECK_THAT(last_told(run, Language::English), ContainsSubstring("UID u1; 2.6 of 10.0 KB used"));
  CHECK_THAT(last_told(run, Language::Indonesian),
             ContainsSubstring("UID u1; 2,6 dari 10,0 KB terpakai"));
  CHECK_THAT(ledger(run, Language::English),
             ContainsSubstring("\nHow full is it?\n"
                               "  Budi's phone: 0 of 50.0 KB used\n"
                               "  budi's maildrop on Mailbox server: 2.6 of 10.0 KB used\n"));
  run.add(kMailboxServer, QuotaExceeded{Bytes("budi"), 9'000, 2'631});
  CHECK(last_told(run, Language::English) ==
        "no room in budi's maildrop for 9000 octets more: 2631 of 10000 are used");
}

TEST_CASE("A poll whose letters do not fit on the device does not say that there were none",
          "[export][poll]") {
  HandMadeRun run;
  const auto finish = [&](std::uint32_t new_letters) {
    run.add(kBudisPhone, PollFinished{HandMadeRun::kAccount, new_letters, Trouble::None, {}});
    return last_told(run, Language::English);
  };
  run.add(kBudisPhone, PollStarted{HandMadeRun::kAccount});
  run.add(kBudisPhone, DeviceFull{HandMadeRun::kAccount, Bytes("u1"), 60'000});
  CHECK(finish(0) == "1 new letter does not fit on Budi's phone");
  run.add(kBudisPhone, DeviceFull{HandMadeRun::kAccount, Bytes("u2"), 60'000});
  CHECK(finish(0) == "2 new letters do not fit on Budi's phone");
  CHECK(last_told(run, Language::Indonesian) == "2 surat baru tidak muat di HP Budi");
  CHECK(finish(1) == "1 new letter on Budi's phone; 2 more did not fit");
  CHECK(last_told(run, Language::Indonesian) == "1 surat baru di HP Budi; 2 lagi tidak muat");
  run.add(kBudisPhone, PollStarted{HandMadeRun::kAccount});
  CHECK(finish(0) == "no new letter on Budi's phone");
}
