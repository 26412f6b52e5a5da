// What differs between two runs, told in both languages.
#include "export/comparison_text.hpp"

#include "hand_made_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::exporting;
using namespace mailwalk::test;

namespace {

const RunNames kNames{"main", "branch"};

// A letter lies in Budi's maildrop, and is deleted from it or not.
HandMadeRun fetched(const char* last_command) {
  HandMadeRun run;
  run.add(kMailboxServer,
          journal::LetterDelivered{
              Bytes("budi"), Bytes("u1"), Bytes("Subject: Hai\r\n\r\nHai\r\n"), {}});
  run.call(kBudisPhone, kMailboxServer, kPop3Port);
  run.command(pop3::Verb::Dele, last_command);
  return run;
}

}  // namespace

TEST_CASE("The event at which two runs part is told with what each has there",
          "[export][comparison]") {
  const HandMadeRun left = fetched("DELE 1");
  const HandMadeRun right = fetched("NOOP");
  const std::string english =
      comparison_text(left.journal(), right.journal(), kNames, Language::English);
  CHECK_THAT(english, ContainsSubstring("The first event in which they differ is number 11."));
  CHECK_THAT(english, ContainsSubstring("main: 09:00:00.040, Budi's phone: CommandSent “DELE 1”"));
  CHECK_THAT(english, ContainsSubstring("branch: 09:00:00.040, Budi's phone: CommandSent “NOOP”"));
  CHECK_THAT(english, ContainsSubstring("everything lies in the same places"));
}

TEST_CASE("What differs at the ends of two runs is told in both languages",
          "[export][comparison]") {
  HandMadeRun keeps = fetched("DELE 1");
  HandMadeRun deletes = fetched("DELE 1");
  deletes.at_server(journal::LetterExpunged{Bytes("budi"), Bytes("u1")});
  const std::string english =
      comparison_text(keeps.journal(), deletes.journal(), kNames, Language::English);
  CHECK_THAT(english, ContainsSubstring("main: it is over"));
  CHECK_THAT(english, ContainsSubstring("branch: 09:00:00.060, Mailbox server: letter A is gone "
                                        "from the server"));
  CHECK_THAT(english,
             ContainsSubstring("  letter A in budi's maildrop on Mailbox server: there | gone\n"));
  CHECK_THAT(english, ContainsSubstring("budi's maildrop on Mailbox server: 21 octets | 0 octets"));
  const std::string indonesian =
      comparison_text(keeps.journal(), deletes.journal(), kNames, Language::Indonesian);
  CHECK_THAT(indonesian, ContainsSubstring("main: sudah selesai"));
  CHECK_THAT(indonesian, ContainsSubstring("  surat A di kotak surat budi di Server kotak surat: "
                                           "ada | sudah tidak ada\n"));
}

TEST_CASE("Two runs that are the same need one sentence", "[export][comparison]") {
  const HandMadeRun run = fetched("DELE 1");
  CHECK(comparison_text(run.journal(), run.journal(), kNames, Language::English) ==
        "The two runs are the same, event for event.\n");
  CHECK(comparison_text(run.journal(), run.journal(), kNames, Language::Indonesian) ==
        "Kedua simulasi sama, kejadian demi kejadian.\n");
}
