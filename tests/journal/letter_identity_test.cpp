// One letter, many places: which letter a copy is of is found out, as no event says so.
#include "tests/journal/builder.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

const Bytes kAni("ani@a.example");

// From the outbox into the MTA's queue under `number`; the connection is closed then.
EventPosition submit(JournalBuilder& run, std::uint32_t outbox, std::uint64_t number,
                     const AddressList& to) {
  const EventPosition birth = run.compose(outbox, to);
  const ConnectionId line = run.connect(kLaptop, kMta);
  run.add(kLaptop, line, SubmissionBegun{OutboxId{outbox}});
  run.add(kMta, line, ContentReceived{});
  run.queue(kMta, line, number, to);
  run.add(kLaptop, MailSubmitted{OutboxId{outbox}, to});
  run.close(line, kLaptop, kMta);
  return birth;
}

// A connection of the MTA to the mail server over which the queued mail is being offered.
ConnectionId relay(JournalBuilder& run, std::uint64_t number) {
  const ConnectionId line = run.connect(kMta, kMailServer);
  run.add(kMta, line, RelayBegun{QueueNumber{number}, {}});
  run.add(kMailServer, line, ContentReceived{});
  return line;
}

void fetch(JournalBuilder& run, NodeId device, const char* uid, std::uint32_t letter) {
  const ConnectionId line = run.connect(device, kMailServer, kPop3Port);
  run.add(kMailServer, line, LetterRetrieved{Bytes("budi"), Bytes(uid), 1, std::nullopt});
  run.add(
      device, line,
      LetterStored{DeviceLetterId{letter}, JournalBuilder::kAccount, Bytes(uid), Bytes("Hai\r\n")});
  run.close(line, device, kMailServer);
}

}  // namespace

TEST_CASE("Letters are called A to Z, then AA, in the order of their birth", "[journal][letter]") {
  struct Row {
    std::uint32_t number;
    const char* name;
  };
  for (const Row& row : {Row{0, "A"}, Row{25, "Z"}, Row{26, "AA"}, Row{27, "AB"}, Row{51, "AZ"},
                         Row{52, "BA"}, Row{701, "ZZ"}, Row{702, "AAA"}}) {
    CHECK(letter_name(row.number) == row.name);
  }
  JournalBuilder run;
  const EventPosition first = run.compose(1, {kBudi});
  const EventPosition second = run.compose(2, {kBudi});
  const WorldView view = run.view();
  CHECK(view.letter(LetterId{first.value()})->number == 0);
  CHECK(view.letter(LetterId{second.value()})->number == 1);
}

TEST_CASE("A letter is the same from the outbox to two devices", "[journal][letter]") {
  JournalBuilder run;
  const EventPosition birth = submit(run, 1, 3, {kBudi});
  CHECK(places(run.view(), birth) == "outbox@1 gone, queue@4 here, sent@1 here");
  const ConnectionId line = relay(run, 3);
  run.deliver(line, "budi", "u1");
  run.add(kMta, RecipientSettled{QueueNumber{3}, kBudi, Outcome::Relayed, Trouble::None, {}});
  run.add(kMta, MailDequeued{QueueNumber{3}});
  fetch(run, kPhone, "u1", 1);
  fetch(run, kTablet, "u1", 1);
  const WorldView view = run.view();
  CHECK(places(view, birth) ==
        "outbox@1 gone, queue@4 gone, sent@1 here, maildrop@5/budi here, device@2 here, device@3 "
        "here");
  CHECK(view.letters.size() == 1);
  CHECK(view.letter(LetterId{birth.value()})->origin == Origin::Composed);
}

TEST_CASE(
    "A mail that was not handed over keeps its letter when it is tried again over another line",
    "[journal][letter]") {
  JournalBuilder run;
  const EventPosition birth = submit(run, 1, 3, {kBudi});
  const ConnectionId broken = run.connect(kMta, kMailServer);
  run.add(kMta, broken, RelayBegun{QueueNumber{3}, {}});
  run.add(kMailServer, broken, ConnectionReset{});
  run.add(kMta, broken, ConnectionReset{});
  run.deliver(relay(run, 3), "budi", "u1");
  CHECK(run.view().letters.size() == 1);
  CHECK(places(run.view(), birth) ==
        "outbox@1 gone, queue@4 here, sent@1 here, maildrop@5/budi here");
}

TEST_CASE("Two letters on two lines at once are not confused", "[journal][letter]") {
  JournalBuilder run;
  const EventPosition a = submit(run, 1, 1, {kBudi});
  const EventPosition b = submit(run, 2, 2, {kCitra});
  const ConnectionId line_a = run.connect(kMta, kMailServer);
  const ConnectionId line_b = run.connect(kMta, kMailServer);
  run.add(kMta, line_a, RelayBegun{QueueNumber{1}, {}});
  run.add(kMta, line_b, RelayBegun{QueueNumber{2}, {}});
  run.add(kMailServer, line_b, ContentReceived{});
  run.add(kMailServer, line_a, ContentReceived{});
  run.deliver(line_b, "citra", "u2");
  run.deliver(line_a, "budi", "u1");
  const WorldView view = run.view();
  CHECK_THAT(places(view, a), ContainsSubstring("maildrop@5/budi here"));
  CHECK_THAT(places(view, b), ContainsSubstring("maildrop@5/citra here"));
  CHECK(view.letters.size() == 2);
}

TEST_CASE("Two mails over one line are two letters, each of its own offer", "[journal][letter]") {
  JournalBuilder run;
  const EventPosition a = run.compose(1, {kBudi});
  const EventPosition b = run.compose(2, {kBudi});
  const ConnectionId line = run.connect(kLaptop, kMta);
  for (const std::uint32_t outbox : {1u, 2u}) {
    run.add(kLaptop, line, SubmissionBegun{OutboxId{outbox}});
    run.queue(kMta, line, outbox, {kBudi});  // even if nobody recorded the content's arrival
  }
  CHECK(places(run.view(), a) == "outbox@1 here, queue@4 here");
  CHECK(places(run.view(), b) == "outbox@1 here, queue@4 here");
  CHECK(run.view().letters.size() == 2);
}

TEST_CASE("A letter to several recipients is one letter with several copies", "[journal][letter]") {
  JournalBuilder run;
  const EventPosition birth = submit(run, 1, 3, {kBudi, kCitra});
  const ConnectionId line = relay(run, 3);
  run.deliver(line, "budi", "u1");
  run.deliver(line, "citra", "u1");                            // UIDs of two maildrops may be equal
  run.queue(kMailServer, line, 9, {Bytes("dewi@c.example")});  // and one goes further
  CHECK(run.view().letters.size() == 1);
  CHECK(places(run.view(), birth) ==
        "outbox@1 gone, queue@4 here, sent@1 here, maildrop@5/budi here, maildrop@5/citra here, "
        "queue@5 here");
}

TEST_CASE(
    "What nobody of ours offered comes from outside: each mail is a letter, whoever it is for",
    "[journal][letter]") {
  JournalBuilder run;
  const ConnectionId line = run.connect_from_outside(kMailServer);
  run.add(kMailServer, line, ContentReceived{});
  const EventPosition first = run.deliver(line, "budi", "u1");
  run.deliver(line, "citra", "u2");
  run.add(kMailServer, line, ContentReceived{});
  const EventPosition second =
      run.queue(kMailServer, line, 1, {Bytes("dewi@c.example")}, "x@y.example");
  const WorldView view = run.view();
  REQUIRE(view.letters.size() == 2);
  CHECK(places(view, first) == "maildrop@5/budi here, maildrop@5/citra here");
  CHECK(places(view, second) == "queue@5 here");
  CHECK(view.letter(LetterId{second.value()})->origin == Origin::FromOutside);
  CHECK(view.letter(LetterId{second.value()})->sender == "x@y.example");
}

TEST_CASE("A mail that somebody types after the one that was offered is another letter",
          "[journal][letter]") {
  JournalBuilder run;
  submit(run, 1, 3, {kBudi});
  const ConnectionId line = relay(run, 3);
  run.deliver(line, "budi", "u1");
  run.add(kMailServer, line, ContentReceived{});
  const EventPosition typed = run.deliver(line, "budi", "u2");
  CHECK(places(run.view(), typed) == "maildrop@5/budi here");
  CHECK(run.view().letters.size() == 2);
}

TEST_CASE("A notification is a letter of its own and tells which one it is about",
          "[journal][letter][bounce]") {
  JournalBuilder run;
  const EventPosition birth = submit(run, 1, 3, {Bytes("nobody@b.example")});
  run.add(kMta, RecipientSettled{QueueNumber{3}, Bytes("nobody@b.example"), Outcome::Failed,
                                 Trouble::ServerSaid, Bytes("550 5.1.1 who?")});
  const EventPosition notice = run.queue(kMta, kNoConnection, 4, {kAni}, "");
  run.add(kMta, MailBounced{QueueNumber{3}, QueueNumber{4}});
  run.add(kMta, MailDequeued{QueueNumber{3}});
  const WorldView view = run.view();
  const Letter& made = *view.letter(LetterId{notice.value()});
  CHECK(made.origin == Origin::Notice);
  CHECK(made.about == LetterId{birth.value()});
  CHECK(places(view, birth) == "outbox@1 gone, queue@4 bounced, sent@1 here");
  CHECK(places(view, notice) == "queue@4 here");
}

TEST_CASE("A notification that an MTA delivers on its own machine stays the letter that was queued",
          "[journal][letter][bounce]") {
  JournalBuilder run;
  const EventPosition notice = run.queue(kMailServer, kNoConnection, 4, {kBudi}, "");
  run.deliver(kNoConnection, "budi", "u1", 4);
  run.add(kMailServer, MailDequeued{QueueNumber{4}});
  CHECK(places(run.view(), notice) == "queue@5 gone, maildrop@5/budi here");
  CHECK(run.view().letters.size() == 1);
}

TEST_CASE("A notice is never about a letter that is younger, so nobody goes in circles",
          "[journal][letter][hostile]") {
  JournalBuilder run;
  const EventPosition older = run.queue(kMta, kNoConnection, 1, {kAni}, "");
  const EventPosition younger = run.queue(kMta, kNoConnection, 2, {kAni}, "");
  run.add(kMta, MailBounced{QueueNumber{1}, QueueNumber{2}});
  run.add(kMta, MailBounced{QueueNumber{2}, QueueNumber{1}});
  run.add(kMta, MailBounced{QueueNumber{1}, QueueNumber{1}});
  const WorldView view = run.view();
  CHECK(view.letter(LetterId{younger.value()})->about == LetterId{older.value()});
  CHECK(view.letter(LetterId{older.value()})->about == kNoLetter);
}

TEST_CASE("TOP hands over no copy; a letter from a server of somebody else is born on the device",
          "[journal][letter][pop3]") {
  JournalBuilder run;
  const ConnectionId outside = run.connect_from_outside(kMailServer);
  const EventPosition birth = run.deliver(outside, "budi", "u1");
  const ConnectionId line = run.connect(kPhone, kMailServer, kPop3Port);
  run.add(kMailServer, line, LetterRetrieved{Bytes("budi"), Bytes("u1"), 1, 0});
  CHECK(run.view().connection(line)->letter == kNoLetter);
  run.add(kMailServer, line, LetterRetrieved{Bytes("budi"), Bytes("u1"), 1, std::nullopt});
  CHECK(run.view().connection(line)->letter == LetterId{birth.value()});
  const EventPosition other = run.add(
      kPhone,
      LetterStored{DeviceLetterId{1}, JournalBuilder::kAccount, Bytes("u1"), Bytes("Hai\r\n")});
  CHECK(places(run.view(), birth) == "maildrop@5/budi here");
  CHECK(places(run.view(), other) == "device@2 here");
}

TEST_CASE("Letters that were retrieved together are told apart by their UIDs",
          "[journal][letter][pop3]") {
  JournalBuilder run;
  const ConnectionId outside = run.connect_from_outside(kMailServer);
  std::vector<EventPosition> births;
  for (const char* uid : {"u1", "u2"}) {
    run.add(kMailServer, outside, ContentReceived{});
    births.push_back(run.deliver(outside, "budi", uid));
  }
  const ConnectionId line = run.connect(kPhone, kMailServer, kPop3Port);
  for (const char* uid : {"u1", "u2"}) {
    run.add(kMailServer, line, LetterRetrieved{Bytes("budi"), Bytes(uid), 1, std::nullopt});
  }
  std::uint32_t number = 0;
  for (const char* uid : {"u2", "u1"}) {
    run.add(kPhone, line,
            LetterStored{DeviceLetterId{++number}, JournalBuilder::kAccount, Bytes(uid),
                         Bytes("Hai\r\n")});
  }
  const WorldView view = run.view();
  CHECK(view.machine(kPhone)->letters.find(DeviceLetterId{1})->copy.letter ==
        LetterId{births[1].value()});
  CHECK(view.machine(kPhone)->letters.find(DeviceLetterId{2})->copy.letter ==
        LetterId{births[0].value()});
}
