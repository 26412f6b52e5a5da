// Transcripts of mails and recordings that mean harm.
#include <string>

#include "export/journey.hpp"
#include "export/situation.hpp"
#include "export/text.hpp"
#include "journal/reducer.hpp"
#include "tests/export/hand_made_run.hpp"
#include "tests/support/random_payload.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::exporting;
using namespace mailwalk::test;

namespace {

const std::string kEvil = "evil\x1b[31m\xe2\x80\xae\r\n.\x07\x9b";

// Everything but printable text and line ends.
bool has_raw_controls(const std::string& text) {
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if ((octet < 0x20 && c != '\n' && c != '\t') || octet == 0x7F) return true;
  }
  return text.find("\xe2\x80\xae") != std::string::npos;
}

}  // namespace

TEST_CASE("Whatever field holds harmful octets, the transcript shows them as text",
          "[export][text][hostile]") {
  HandMadeRun run;
  const journal::AddressList evil_list{Bytes(kEvil)};
  run.add(kAnisLaptop, journal::MachineAdded{Bytes(kEvil), Bytes(kEvil), Bytes(kEvil), 1, {}});
  run.add(kAnisLaptop, journal::PersonActed{journal::Act::Compose, Bytes(kEvil)});
  run.add(kAnisLaptop, journal::MailComposed{journal::OutboxId{1}, Bytes(kEvil), evil_list,
                                             Bytes("Subject: " + kEvil + "\r\n\r\n" + kEvil)});
  run.call(kAnisLaptop, kMta, kSubmissionPort);
  run.at_client(journal::SubmissionBegun{journal::OutboxId{1}});
  run.reply(std::nullopt, 220, kEvil);
  run.command(smtp::Verb::Unknown, kEvil);
  run.content(kEvil);
  run.reply(pop3::Verb::Top, 200, "+" + kEvil, kEvil);
  run.add(kMta, journal::NameLookedUp{Bytes(kEvil), Bytes(kEvil), journal::LookupOutcome::Found});
  run.add(kMailboxServer, journal::LetterDelivered{Bytes("budi"), Bytes(kEvil), Bytes(kEvil), {}});
  run.add(kMta,
          journal::FaultInjected{
              .fault = journal::Fault::Answer, .verb = smtp::Verb::Rcpt, .reply = Bytes(kEvil)});
  for (const Language language : {Language::English, Language::Indonesian}) {
    TextOptions options;
    options.language = language;
    CHECK_FALSE(has_raw_controls(text_transcript(run.journal(), options)));
    const journal::WorldView end = journal::view_at_end(run.journal());
    CHECK_FALSE(has_raw_controls(situation_text(end, language)));
    CHECK_FALSE(has_raw_controls(journey_text(run.journal(), *find_letter(end, "A"), language)));
    options.line_ends = LineEnds::Shown;
    options.contents = Contents::Whole;
    CHECK_FALSE(has_raw_controls(text_transcript(run.journal(), options)));
  }
}

TEST_CASE("Any order of any events gives a transcript", "[export][text][hostile]") {
  Prng prng(11);
  for (int run = 0; run < 30; ++run) {
    journal::Journal journal;
    for (int i = 0; i < 300; ++i) {
      const NodeId node{static_cast<std::uint32_t>(prng.below(4))};
      const ConnectionId connection{static_cast<std::uint32_t>(prng.below(4))};
      const std::size_t kind = prng.below(kPayloadKinds);
      journal.append(VirtualTime{} + seconds(prng.between(0, 90) * i), node, connection, kNoEvent,
                     random_payload(kind, prng, i % 4 == 0 ? Range::Full : Range::Crowded));
    }
    const std::string text = text_transcript(journal, {});
    REQUIRE_FALSE(has_raw_controls(text));
    REQUIRE(text == text_transcript(journal, {}));
    const journal::WorldView end = journal::view_at_end(journal);
    REQUIRE_FALSE(has_raw_controls(situation_text(end, Language::English)));
    for (const auto& [id, letter] : end.letters) {
      REQUIRE_FALSE(has_raw_controls(journey_text(journal, id, Language::Indonesian)));
    }
  }
}
