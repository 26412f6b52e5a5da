// Faults as people read them.
#include "export/fault_words.hpp"

#include <string>

#include "journal/reducer.hpp"
#include "tests/export/hand_made_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::exporting;
using namespace mailwalk::journal;
using mailwalk::test::HandMadeRun;
using mailwalk::test::kMailboxServer;
using mailwalk::test::kMta;

namespace {

// As the narrator tells it, at the mailbox server.
std::string fault_told(const FaultInjected& fault, Language language,
                       ConnectionId connection = kNoConnection) {
  HandMadeRun run;
  const WorldView before = view_at_end(run.journal());
  run.add(kMailboxServer, connection, fault);
  const Event& event = run.journal()[EventPosition{run.journal().size() - 1}];
  return Narrator(language).tell({event, before, apply(before, event)});
}

}  // namespace

TEST_CASE("Faults of the network are fault_told with their places, limits and lengths of time",
          "[export][fault]") {
  const struct {
    FaultInjected fault;
    const char* english;
    const char* indonesian;
  } cases[] = {
      {{.fault = Fault::Refuse, .other = kMta, .lasts = hours(2)},
       "FAULT: connections between Mailbox server and Campus MTA are refused, for 2 h",
       "GANGGUAN: sambungan antara Server kotak surat dan MTA kampus ditolak, selama 2 jam"},
      {{.fault = Fault::Unreachable, .port = kPop3Port, .lasts = milliseconds(500)},
       "FAULT: nothing passes on the lines of Mailbox server, on port 110 only, for 500 ms",
       "GANGGUAN: tidak ada yang bisa lewat di jalur-jalur Server kotak surat, hanya di port 110, "
       "selama 500 ms"},
      {{.fault = Fault::Reset, .other = kMta, .after_bytes = 600},
       "FAULT: connections between Mailbox server and Campus MTA are cut after 600 octets",
       "GANGGUAN: sambungan antara Server kotak surat dan MTA kampus diputus setelah 600 oktet"},
      {{.fault = Fault::Stall},
       "FAULT: connections on the lines of Mailbox server stand still",
       "GANGGUAN: sambungan di jalur-jalur Server kotak surat macet"},
      {{.fault = Fault::Slow, .other = kMta, .bytes_per_second = 1},
       "FAULT: connections between Mailbox server and Campus MTA crawl, 1 octet a second",
       "GANGGUAN: sambungan antara Server kotak surat dan MTA kampus merayap, 1 oktet per detik"},
      {{.fault = Fault::Clear, .other = kMta},
       "the faults between Mailbox server and Campus MTA are over",
       "gangguan antara Server kotak surat dan MTA kampus sudah selesai"},
  };
  for (const auto& [fault, english, indonesian] : cases) {
    CHECK(fault_told(fault, Language::English) == english);
    CHECK(fault_told(fault, Language::Indonesian) == indonesian);
  }
}

TEST_CASE("An answer that was put into a server's mouth is fault_told with its commands",
          "[export][fault]") {
  const auto answer = [](Verb verb, std::uint32_t nth, std::uint32_t times, const char* reply) {
    return FaultInjected{
        .fault = Fault::Answer, .verb = verb, .nth = nth, .times = times, .reply = Bytes(reply)};
  };
  const struct {
    FaultInjected fault;
    const char* english;
    const char* indonesian;
  } cases[] = {
      {answer(smtp::Verb::Rcpt, 1, 1, "451 later"),
       "FAULT: Mailbox server answers the next RCPT with “451 later”",
       "GANGGUAN: Server kotak surat menjawab RCPT berikutnya dengan “451 later”"},
      {answer(smtp::Verb::EndOfData, 2, 1, "554 5.7.1 spam"),
       "FAULT: Mailbox server answers “.” (end of mail) number 2, counted from now, with “554 "
       "5.7.1 "
       "spam”",
       "GANGGUAN: Server kotak surat menjawab “.” (akhir surat) ke-2 dihitung dari sekarang dengan "
       "“554 5.7.1 spam”"},
      {answer(pop3::Verb::Pass, 1, 0, "-ERR"),
       "FAULT: Mailbox server answers every PASS from now on with “-ERR”",
       "GANGGUAN: Server kotak surat menjawab setiap PASS mulai sekarang dengan “-ERR”"},
      {answer(smtp::Verb::Mail, 3, 0, "451 x"),
       "FAULT: Mailbox server answers every MAIL from number 3 on with “451 x”",
       "GANGGUAN: Server kotak surat menjawab setiap MAIL mulai dari yang ke-3 dengan “451 x”"},
      {answer(smtp::Verb::Mail, 1, 4, "451 x"),
       "FAULT: Mailbox server answers the next 4 MAIL with “451 x”",
       "GANGGUAN: Server kotak surat menjawab 4 MAIL berikutnya dengan “451 x”"},
      {answer(smtp::Verb::Mail, 2, 4, "451 x"),
       "FAULT: Mailbox server answers 4 MAIL from number 2 on with “451 x”",
       "GANGGUAN: Server kotak surat menjawab 4 MAIL mulai dari yang ke-2 dengan “451 x”"},
  };
  for (const auto& [fault, english, indonesian] : cases) {
    CHECK(fault_told(fault, Language::English) == english);
    CHECK(fault_told(fault, Language::Indonesian) == indonesian);
  }
}

TEST_CASE("A line that is cut is fault_told with the command at which it was", "[export][fault]") {
  const ConnectionId line{1};
  FaultInjected cut{.fault = Fault::Reset};
  CHECK(fault_told(cut, Language::English, line) == "FAULT: the line is cut");
  cut.verb = pop3::Verb::Dele;
  CHECK(fault_told(cut, Language::English, line) ==
        "FAULT: the line is cut; Mailbox server has just read DELE");
  cut.nth = 3;
  CHECK(fault_told(cut, Language::English, line) ==
        "FAULT: the line is cut; Mailbox server has just read the third DELE");
  CHECK(fault_told(cut, Language::Indonesian, line) ==
        "GANGGUAN: sambungan diputus; Server kotak surat baru saja membaca DELE ke-3");
}
