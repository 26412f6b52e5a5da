// The story of one letter.
#include "export/journey.hpp"

#include <string>

#include "journal/reducer.hpp"
#include "tests/export/hand_made_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::exporting;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

void compose_journey(HandMadeRun& run, std::uint32_t outbox, const char* subject) {
  run.add(kAnisLaptop, MailComposed{OutboxId{outbox},
                                    Bytes("ani@kampus.example"),
                                    {Bytes("budi@kantor.example")},
                                    Bytes(std::string("Subject: ") + subject + "\r\n\r\nHai\r\n")});
}

// Two letters are written, and the second one goes out.
HandMadeRun two_letters() {
  HandMadeRun run;
  compose_journey(run, 1, "Kopi?");
  compose_journey(run, 2, "Teh?");
  run.call(kAnisLaptop, kMta, kSubmissionPort);
  run.at_client(SubmissionBegun{OutboxId{2}});
  run.content("Subject: Teh?\r\n\r\nHai\r\n");
  run.at_server(MailQueued{QueueNumber{1},
                           Bytes("Q1"),
                           Bytes("ani@kampus.example"),
                           {Bytes("budi@kantor.example")},
                           Bytes("Received: x\r\nSubject: Teh?\r\n\r\nHai\r\n")});
  run.in_consequence(MailSubmitted{OutboxId{2}, {Bytes("budi@kantor.example")}});
  return run;
}

std::string journey(const HandMadeRun& run, const char* name, Language language) {
  const auto letter = find_letter(view_at_end(run.journal()), name);
  REQUIRE(letter);
  return journey_text(run.journal(), *letter, language);
}

}  // namespace

TEST_CASE("A letter's story tells its hops and where its copies are, and nothing of others",
          "[export][journey]") {
  const HandMadeRun run = two_letters();
  CHECK(journey(run, "B", Language::English) ==
        "09:00:00.000  letter B lies in the outbox of Ani's laptop, for budi@kantor.example\n"
        "── #1  Ani's laptop → Campus MTA\n"
        "09:00:00.060  letter B lies in the queue of Campus MTA, which now answers for it\n"
        "09:00:00.060  letter B has left the outbox; a copy stays in Sent, on Ani's laptop only\n"
        "\n"
        "Where is each copy?\n"
        "  B   “Teh?”\n"
        "        in the queue of Campus MTA\n"
        "        in Sent on Ani's laptop\n");
  CHECK(journey(run, "a", Language::Indonesian) ==
        "09:00:00.000  surat A ada di kotak keluar Laptop Ani, untuk budi@kantor.example\n"
        "\n"
        "Di mana setiap salinan?\n"
        "  A   “Kopi?”\n"
        "        di kotak keluar Laptop Ani\n");
}

TEST_CASE("A letter is found by its name only", "[export][journey]") {
  const HandMadeRun run = two_letters();
  const WorldView view = view_at_end(run.journal());
  CHECK(find_letter(view, "A"));
  CHECK(find_letter(view, "b"));
  CHECK_FALSE(find_letter(view, "C"));
  CHECK_FALSE(find_letter(view, ""));
  CHECK_FALSE(find_letter(view, "AA"));
}
