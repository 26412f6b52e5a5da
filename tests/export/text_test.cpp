// The transcript of runs that were written by hand.
#include "export/text.hpp"

#include <string>

#include "export/text_transcript.hpp"
#include "tests/export/hand_made_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden.hpp"

using namespace mailwalk;
using namespace mailwalk::exporting;
using namespace mailwalk::journal;
using mailwalk::test::golden_difference;
using mailwalk::test::HandMadeRun;
using mailwalk::test::kAnisLaptop;
using mailwalk::test::kBudisPhone;
using mailwalk::test::kMailboxServer;
using mailwalk::test::kMta;

namespace {

const std::string kLetter =
    "From: Ani <ani@kampus.example>\r\n"
    "Subject: Kopi?\r\n"
    "\r\n"
    "Halo Budi,\r\n"
    ".. dan sebuah titik di awal baris.\r\n";

void push(HandMadeRun& run) {
  run.add(kAnisLaptop, PersonActed{Act::Compose, Bytes("Kopi?")});
  run.add(kAnisLaptop, MailComposed{OutboxId{1},
                                    Bytes("ani@kampus.example"),
                                    {Bytes("budi@kantor.example")},
                                    Bytes(kLetter)});
  run.add(kAnisLaptop,
          NameLookedUp{Bytes("MX kantor.example"), Bytes("10 mx.kantor.example (192.0.2.1)"),
                       LookupOutcome::Found});
  run.call(kAnisLaptop, kMailboxServer, kSmtpPort);
  run.at_client(SubmissionBegun{OutboxId{1}});
  run.reply(std::nullopt, 220, "220 mx.kantor.example ESMTP");
  run.command(smtp::Verb::Ehlo, "EHLO laptop-ani");
  run.reply(smtp::Verb::Ehlo, 250, "250-mx.kantor.example\r\n250 SIZE 10000");
  run.command(smtp::Verb::Mail, "MAIL FROM:<ani@kampus.example>");
  run.reply(smtp::Verb::Mail, 250, "250 2.1.0 Ok");
  run.command(smtp::Verb::Rcpt, "RCPT TO:<budi@kantor.example>");
  run.reply(smtp::Verb::Rcpt, 250, "250 2.1.5 Ok");
  run.command(smtp::Verb::Data, "DATA");
  run.reply(smtp::Verb::Data, 354, "354 End data with <CR><LF>.<CR><LF>");
  run.content(kLetter);
  run.at_server(LetterDelivered{Bytes("budi"), Bytes("0001"), Bytes(kLetter), QueueNumber{}});
  run.reply(smtp::Verb::EndOfData, 250, "250 2.0.0 Ok");
  run.in_consequence(MailSubmitted{OutboxId{1}, {Bytes("budi@kantor.example")}});
  run.command(smtp::Verb::Quit, "QUIT");
  run.reply(smtp::Verb::Quit, 221, "221 2.0.0 Bye");
  run.hang_up();
}

void log_in(HandMadeRun& run) {
  run.add(kBudisPhone, PollStarted{HandMadeRun::kAccount});
  run.call(kBudisPhone, kMailboxServer, kPop3Port);
  run.reply(std::nullopt, 200, "+OK ready");
  run.command(pop3::Verb::User, "USER budi");
  run.reply(pop3::Verb::User, 200, "+OK");
  run.command(pop3::Verb::Pass, "PASS kopi-tubruk", Secrecy::Secret);
  run.at_server(MaildropLocked{Bytes("budi")});
  run.reply(pop3::Verb::Pass, 200, "+OK 1 message");
}

void fetch_and_mark(HandMadeRun& run) {
  run.command(pop3::Verb::Retr, "RETR 1");
  run.at_server(LetterRetrieved{Bytes("budi"), Bytes("0001"), 1, std::nullopt});
  run.reply(pop3::Verb::Retr, 200, "+OK 94 octets", kLetter);
  run.at_client(
      LetterStored{DeviceLetterId{1}, HandMadeRun::kAccount, Bytes("0001"), Bytes(kLetter)});
  run.command(pop3::Verb::Dele, "DELE 1");
  run.at_server(LetterMarked{Bytes("budi"), Bytes("0001"), 1});
}

// The line is cut while the reply to DELE is under way.
HandMadeRun cut_before_quit() {
  HandMadeRun run;
  push(run);
  run.wait(minutes(30));
  log_in(run);
  fetch_and_mark(run);
  run.at_server(ReplySent{pop3::Verb::Dele, 200, Bytes("+OK marked"), {}, Protocol::Pop3});
  run.at_server(FaultInjected{.fault = Fault::Reset, .verb = pop3::Verb::Dele});
  run.cut();
  run.at_server(LetterUnmarked{Bytes("budi"), Bytes("0001")});
  run.at_server(MaildropUnlocked{Bytes("budi")});
  run.add(kBudisPhone, PollFinished{HandMadeRun::kAccount, 1, Trouble::LineLost, {}});
  return run;
}

HandMadeRun to_the_end() {
  HandMadeRun run;
  push(run);
  run.wait(hours(2));
  log_in(run);
  fetch_and_mark(run);
  run.reply(pop3::Verb::Dele, 200, "+OK marked");
  run.command(pop3::Verb::Quit, "QUIT");
  run.at_server(LetterExpunged{Bytes("budi"), Bytes("0001")});
  run.reply(pop3::Verb::Quit, 200, "+OK bye");
  run.at_server(MaildropUnlocked{Bytes("budi")});
  run.hang_up();
  run.add(kBudisPhone, LetterRead{DeviceLetterId{1}});
  return run;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

}  // namespace

TEST_CASE("A letter that is fetched and deleted, as a transcript in two languages",
          "[export][text]") {
  const HandMadeRun run = to_the_end();
  TextOptions options;
  CHECK(golden_difference("export/golden/delete_mode.en.txt",
                          text_transcript(run.journal(), options)) == "");
  options.language = Language::Indonesian;
  CHECK(golden_difference("export/golden/delete_mode.id.txt",
                          text_transcript(run.journal(), options)) == "");
}

TEST_CASE("A line that is cut before QUIT: what was lost is marked, and the letter is still there",
          "[export][text]") {
  const std::string text = text_transcript(cut_before_quit().journal(), {});
  CHECK(golden_difference("export/golden/cut_before_quit.en.txt", text) == "");
  CHECK_THAT(text, ContainsSubstring("S: +OK marked   [lost]"));
  CHECK(count(text, "[lost]") == 1);
}

TEST_CASE("Passwords are masked unless somebody asks for them", "[export][text][secrets]") {
  HandMadeRun run;
  log_in(run);
  run.command(pop3::Verb::Apop, "APOP budi c4c9334bac560ecc979e58001b3e22fb", Secrecy::Secret);
  TextOptions options;
  const std::string masked = text_transcript(run.journal(), options);
  CHECK_THAT(masked, ContainsSubstring("C: PASS ********\n"));
  CHECK_THAT(masked, ContainsSubstring("C: APOP budi ********\n"));
  CHECK(count(masked, "kopi-tubruk") == 0);
  CHECK(count(masked, "c4c9334b") == 0);
  options.secrets = Secrets::Shown;
  const std::string shown = text_transcript(run.journal(), options);
  CHECK_THAT(shown, ContainsSubstring("C: PASS kopi-tubruk\n"));
  CHECK_THAT(shown, ContainsSubstring("C: APOP budi c4c9334bac560ecc979e58001b3e22fb\n"));
}

TEST_CASE("Line ends are shown on every line that was on the wire, and on no other",
          "[export][text]") {
  TextOptions options;
  options.line_ends = LineEnds::Shown;
  const std::string text = text_transcript(to_the_end().journal(), options);
  CHECK_THAT(text, ContainsSubstring("S: 250-mx.kantor.example␍␊\n"));
  CHECK_THAT(text, ContainsSubstring("C: ... dan sebuah titik"));  // stuffed, as on the wire
  CHECK_THAT(text, ContainsSubstring("C: .␍␊\n"));
  CHECK(count(text, "␍␊") == count(text, "  C: ") + count(text, "  S: "));
}

TEST_CASE("A long mail is abbreviated in the middle, and whole on request", "[export][text]") {
  HandMadeRun run;
  std::string content = "Subject: long\r\n\r\n";
  for (int i = 0; i < 200; ++i) content += "line " + std::to_string(i) + "\r\n";
  run.call(kAnisLaptop, kMta, kSubmissionPort);
  run.command(smtp::Verb::Data, "DATA");
  run.content(content);
  TextOptions options;
  const std::string abbreviated = text_transcript(run.journal(), options);
  CHECK(count(abbreviated, "C: line 100\n") == 0);
  CHECK(count(abbreviated, "C: line 0\n") == 1);
  CHECK(count(abbreviated, "C: line 199\n") == 1);
  const std::size_t left_out = 203 - (count(abbreviated, "  C: ") - 2);  // DATA, and the "…" itself
  CHECK_THAT(abbreviated, ContainsSubstring("… " + std::to_string(left_out) + " more lines …"));
  options.contents = Contents::Whole;
  const std::string whole = text_transcript(run.journal(), options);
  CHECK(count(whole, "C: line ") == 200);
  CHECK(count(whole, "more lines") == 0);
}

TEST_CASE("A listing of nothing ends with its lone dot (P32)", "[export][text]") {
  HandMadeRun run;
  log_in(run);
  run.command(pop3::Verb::List, "LIST");
  run.reply(pop3::Verb::List, 200, "+OK 0 messages");
  run.command(pop3::Verb::Uidl, "UIDL 1");
  run.reply(pop3::Verb::Uidl, 500, "-ERR no such message");
  run.command(pop3::Verb::List, "LIST 1");
  run.reply(pop3::Verb::List, 500, "-ERR no such message");
  CHECK(count(text_transcript(run.journal(), {}), "S: .\n") == 1);
}

TEST_CASE("What a session leads to at once is told between its lines", "[export][text]") {
  const std::string text = text_transcript(to_the_end().journal(), {});
  const std::size_t left_outbox = text.find("letter A has left the outbox");
  CHECK(text.find("S: 250 2.0.0 Ok") < left_outbox);
  CHECK(left_outbox < text.find("C: QUIT"));
}

TEST_CASE("When a new day begins, its date is told", "[export][text]") {
  HandMadeRun run;
  run.add(kAnisLaptop, PersonActed{Act::Compose, Bytes("evening")});
  run.wait(hours(14) + minutes(59) + seconds(30));
  run.add(kAnisLaptop, PersonActed{Act::Compose, Bytes("last thing today")});
  run.wait(seconds(40));
  run.add(kAnisLaptop, PersonActed{Act::Compose, Bytes("first thing tomorrow")});
  run.wait(days(4));
  run.add(kAnisLaptop, PersonActed{Act::Compose, Bytes("much later")});
  const std::string text = text_transcript(run.journal(), {});
  CHECK_THAT(text, ContainsSubstring("… 14 h 59 min pass …\n"));
  CHECK_THAT(text, ContainsSubstring("… Tuesday, 6 January 2026 …\n"));
  CHECK_THAT(text, ContainsSubstring("… 4 d pass: Saturday, 10 January 2026 …\n"));
}

TEST_CASE("What a person wants in vain is told", "[export][text]") {
  HandMadeRun run;
  run.add(kBudisPhone, PersonActed{Act::Poll, HandMadeRun::kAccount});
  run.add(kBudisPhone, PollStarted{HandMadeRun::kAccount});
  run.add(kBudisPhone, PersonActed{Act::Poll, Bytes()});
  run.add(kBudisPhone, PersonActed{Act::Read, Bytes("7")});
  const std::string text = text_transcript(run.journal(), {});
  CHECK(count(text, "is told to ask for mail, but it is asking already") == 1);
  CHECK(count(text, "there is no letter 7 on") == 1);
}

TEST_CASE("Hours that pass without a word are one line", "[export][text]") {
  const HandMadeRun run = to_the_end();
  TextOptions options;
  CHECK(count(text_transcript(run.journal(), options), "… 2 h pass …") == 1);
  options.language = Language::Indonesian;
  CHECK(count(text_transcript(run.journal(), options), "… 2 jam berlalu …") == 1);
}

TEST_CASE("Sessions that overlap in time stay blocks of their own", "[export][text]") {
  HandMadeRun run;
  run.call(kAnisLaptop, kMta, kSubmissionPort);
  const ConnectionId first{1}, second{2};
  run.call(kBudisPhone, kMailboxServer, kPop3Port);
  run.add(kMta, first, ReplySent{std::nullopt, 220, Bytes("220 first"), {}, Protocol::Smtp});
  run.add(kMailboxServer, second,
          ReplySent{std::nullopt, 200, Bytes("+OK second"), {}, Protocol::Pop3});
  run.add(kAnisLaptop, first, CommandSent{smtp::Verb::Noop, Secrecy::Open, Bytes("NOOP")});
  const std::string text = text_transcript(run.journal(), {});
  const std::size_t first_header = text.find("#1"), second_header = text.find("#2");
  REQUIRE(first_header < second_header);
  CHECK(text.find("220 first") < second_header);
  CHECK(text.find("C: NOOP") < second_header);
  CHECK(text.find("+OK second") > second_header);
}

TEST_CASE("A session that ran beside the one before goes back in time, and says so",
          "[export][text]") {
  HandMadeRun run;
  run.call(kAnisLaptop, kMta, kSubmissionPort);
  run.call(kBudisPhone, kMailboxServer, kPop3Port);
  run.wait(hours(16));
  run.add(kMta, ConnectionId{1},
          ReplySent{std::nullopt, 220, Bytes("220 first"), {}, Protocol::Smtp});
  TextOptions options;
  CHECK_THAT(
      text_transcript(run.journal(), options),
      ContainsSubstring("── meanwhile, 09:00:00 on Monday, 5 January 2026: Budi's phone → "));
  options.language = Language::Indonesian;
  CHECK_THAT(text_transcript(run.journal(), options),
             ContainsSubstring("── sementara itu, 09:00:00, Senin, 5 Januari 2026: HP Budi → "));
  CHECK(count(text_transcript(to_the_end().journal(), {}), "meanwhile") == 0);
}

TEST_CASE("Colours only where somebody asked for them", "[export][text]") {
  TextOptions options;
  const std::string plain = text_transcript(to_the_end().journal(), options);
  CHECK(count(plain, "\x1b") == 0);
  options.colour = Colour::Ansi;
  std::string coloured = text_transcript(to_the_end().journal(), options);
  CHECK(count(coloured, "\x1b") > 0);
  // Without its colours it is the same text.
  for (std::size_t at = coloured.find('\x1b'); at != std::string::npos;
       at = coloured.find('\x1b')) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  CHECK(coloured == plain);
}

TEST_CASE("what goes over a line after a transcript was begun is not in it", "[export][text]") {
  const auto record = [](std::size_t octets) {
    return Bytes(std::string("\x17\x03\x03", 3) + '\0' + static_cast<char>(octets - 5) +
                 std::string(octets - 5, 'x'));
  };
  HandMadeRun run;
  run.call(kBudisPhone, kMailboxServer, Port{995});
  run.at_server(TlsBegun{Side::Server});
  run.at_client(BytesSent{record(30)});
  TextOptions options;
  options.sight = Sight::Eavesdropper;
  const auto transcript = begin_text_transcript(run.journal(), options);
  run.at_client(BytesSent{record(40)});
  while (transcript->write_next()) {
  }
  const std::string text = transcript->take();
  CHECK_THAT(text, ContainsSubstring("30 octets, encrypted"));
  CHECK_THAT(text, !ContainsSubstring("40 octets, encrypted"));
  CHECK_THAT(text_transcript(run.journal(), options), ContainsSubstring("40 octets, encrypted"));
}

TEST_CASE("What the octets of a reply brought to somebody outside is not told as lost",
          "[export][text]") {
  HandMadeRun run;
  run.call(kBudisPhone, kMailboxServer, kPop3Port);  // which tells nothing
  const auto reply = [&](const std::string& text) {
    run.at_server(ReplySent{pop3::Verb::Noop, 200, Bytes(text), {}, Protocol::Pop3});
    return run.at_server(BytesSent{Bytes(text + "\r\n")});
  };
  const EventPosition first = reply("+OK one");
  run.at_client(BytesDelivered{first, 0, 9});
  const EventPosition second = reply("+OK two");
  run.at_client(BytesDelivered{second, 0, 5});
  run.at_server(BytesLost{second, 5, 4});
  const EventPosition third = reply("+OK three");
  run.at_server(BytesLost{third, 0, 11});
  run.cut();
  const std::string text = text_transcript(run.journal(), {});
  CHECK_THAT(text, ContainsSubstring("S: +OK one\n"));
  CHECK_THAT(text, ContainsSubstring("S: +OK two   [lost]\n"));
  CHECK_THAT(text, ContainsSubstring("S: +OK three   [lost]\n"));
}
