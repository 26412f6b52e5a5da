// Going about in a journal: by checkpoints one comes to the same view as by folding all.
#include "journal/timeline.hpp"

#include <string>
#include <vector>

#include "base/prng.hpp"
#include "journal/reducer.hpp"
#include "tests/journal/builder.hpp"
#include "tests/journal/describe.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

// About 15 events for each letter, from the outbox to the phone.
void send_letters(JournalBuilder& run, std::uint32_t count) {
  for (std::uint32_t i = 1; i <= count; ++i) {
    run.compose(i, {kBudi});
    const ConnectionId line = run.connect(kLaptop, kMailServer);
    run.add(kLaptop, line, SubmissionBegun{OutboxId{i}});
    const EventPosition sent = run.add(kLaptop, line, BytesSent{Bytes("DATA\r\n")});
    run.add(kMailServer, line, BytesDelivered{sent, 0, 6});
    const std::string uid = "u" + std::to_string(i);
    run.deliver(line, "budi", uid.c_str());
    run.add(kLaptop, MailSubmitted{OutboxId{i}, {kBudi}});
    run.close(line, kLaptop, kMailServer);
    const ConnectionId fetch = run.connect(kPhone, kMailServer, kPop3Port);
    run.add(kMailServer, fetch, LetterRetrieved{Bytes("budi"), Bytes(uid), 1, std::nullopt});
    run.add(
        kPhone, fetch,
        LetterStored{DeviceLetterId{i}, JournalBuilder::kAccount, Bytes(uid), Bytes("Hai\r\n")});
    run.close(fetch, kPhone, kMailServer);
  }
}

EventPosition at(std::uint64_t position) {
  return EventPosition{position};
}

}  // namespace

TEST_CASE("Every position has the same view by checkpoint as by folding from the start",
          "[journal][timeline]") {
  JournalBuilder run;
  send_letters(run, 150);
  REQUIRE(run.journal().size() > 2200);  // beyond the second checkpoint
  static constexpr std::uint64_t kEach = kSanitized ? 47 : 3;
  std::vector<std::string> folded;
  WorldView view;
  for (const Event& event : run.journal()) {
    advance(view, event);
    // Not every one is described: the views are long, and each is built on those before it.
    folded.push_back(event.position.value() % kEach == 0 ? describe(view) : "");
  }
  const auto check_all = [&](std::uint64_t size, const auto& position_of) {
    Timeline timeline(run.journal());
    for (std::uint64_t i = 0; i < size; ++i) {
      const std::uint64_t position = position_of(i);
      if (!folded[position].empty()) {
        REQUIRE(describe(timeline.view_at(at(position))) == folded[position]);
      } else {
        REQUIRE(timeline.view_at(at(position)).events == position + 1);
      }
    }
  };
  const std::uint64_t size = run.journal().size();
  SECTION("forwards") {
    check_all(size, [](std::uint64_t i) { return i; });
  }
  SECTION("backwards") {
    check_all(300, [&](std::uint64_t i) { return size - 1 - i; });
  }
  SECTION("to and fro") {
    Prng prng(1);
    check_all(300, [&](std::uint64_t) { return prng.below(size); });
  }
  SECTION("around the checkpoints") {
    static constexpr std::uint64_t kAround[] = {1022, 1023, 1024, 1025, 2046, 2047, 2048, 2049};
    for (int again = 0; again < 3; ++again) {
      check_all(8, [](std::uint64_t i) { return kAround[i]; });
      check_all(8, [](std::uint64_t i) { return kAround[7 - i]; });
    }
  }
}

TEST_CASE("Before the first event nothing has happened, and an empty journal has no more than that",
          "[journal][timeline]") {
  const Journal empty;
  Timeline nowhere(empty);
  CHECK(describe(nowhere.view_at(kNoEvent)) == describe(WorldView{}));
  CHECK_FALSE(nowhere.next(kNoEvent, Kind::Event));
  CHECK_FALSE(nowhere.previous(kNoEvent, Kind::Event));
  CHECK_FALSE(nowhere.find("x", kNoEvent));
  CHECK_FALSE(nowhere.find_back("x", kNoEvent));
  JournalBuilder run;
  Timeline timeline(run.journal());
  timeline.view_at(at(run.journal().size() - 1));
  CHECK(describe(timeline.view_at(kNoEvent)) == describe(WorldView{}));
}

TEST_CASE("A timeline follows a journal that grows", "[journal][timeline]") {
  JournalBuilder run;
  Timeline timeline(run.journal());
  for (int i = 0; i < 3; ++i) {
    send_letters(run, 40);
    const EventPosition last = at(run.journal().size() - 1);
    CHECK(describe(timeline.view_at(last)) == describe(run.view()));
    CHECK(timeline.next(at(last.value() - 1), Kind::Event) == last);
    CHECK_FALSE(timeline.next(last, Kind::Event));
  }
}

TEST_CASE("One steps by events, commands, replies, effects, connections or faults, to and fro",
          "[journal][timeline]") {
  JournalBuilder run;
  const ConnectionId line = run.connect(kLaptop, kMta);
  const std::uint64_t opening = run.journal().size() - 3;
  const EventPosition greeting =
      run.add(kMta, line, ReplySent{std::nullopt, 220, Bytes("220 hi"), {}});
  run.add(kLaptop, line, ReplyReceived{std::nullopt, 220, Bytes("220 hi"), {}});
  const EventPosition command =
      run.add(kLaptop, line, CommandSent{smtp::Verb::Noop, {}, Bytes("NOOP")});
  run.add(kMta, line, CommandReceived{smtp::Verb::Noop, {}, Bytes("NOOP")});
  const EventPosition reply =
      run.add(kMta, line, ReplySent{smtp::Verb::Noop, 250, Bytes("250 Ok"), {}});
  const EventPosition letter = run.compose(1, {});
  const EventPosition fault = run.add(kNoNode, FaultInjected{Fault::Reset});
  const EventPosition cut = run.add(kMta, line, ConnectionReset{});
  Timeline timeline(run.journal());

  struct Row {
    Kind kind;
    std::vector<EventPosition> stops;
  };
  const std::vector<Row> rows = {
      {Kind::Command, {command}},
      {Kind::Reply, {greeting, reply}},
      {Kind::MailboxEffect, {letter}},
      {Kind::Connection, {at(opening), at(opening + 1), at(opening + 2), cut}},
      {Kind::Fault, {fault, cut}},
  };
  for (const Row& row : rows) {
    INFO("kind " << static_cast<int>(row.kind));
    EventPosition place = kNoEvent;
    for (const EventPosition stop : row.stops) {
      const auto next = timeline.next(place, row.kind);
      REQUIRE(next == stop);
      const auto back = timeline.previous(stop, row.kind);
      CHECK(back.value_or(kNoEvent) == place);
      place = stop;
    }
    CHECK_FALSE(timeline.next(place, row.kind));
  }
  const std::uint64_t size = run.journal().size();
  CHECK(timeline.next(kNoEvent, Kind::Event) == at(0));
  CHECK(timeline.previous(at(size - 1), Kind::Event) == at(size - 2));
  CHECK_FALSE(timeline.previous(at(0), Kind::Event));
}

TEST_CASE("Where one end is somebody else's, what it says is met where it arrives",
          "[journal][timeline]") {
  JournalBuilder run;
  const ConnectionId in = run.connect_from_outside(kMta);
  const EventPosition command =
      run.add(kMta, in, CommandReceived{smtp::Verb::Noop, {}, Bytes("NOOP")});
  const ConnectionId out{9};
  run.add(kMta, out, ConnectionOpening{kNoNode, {}, kSmtpPort});
  const EventPosition reply =
      run.add(kMta, out, ReplyReceived{std::nullopt, 220, Bytes("220 hi"), {}});
  Timeline timeline(run.journal());
  CHECK(timeline.next(kNoEvent, Kind::Command) == command);
  CHECK(timeline.next(kNoEvent, Kind::Reply) == reply);
}

TEST_CASE("Stops are found however far apart they lie", "[journal][timeline]") {
  // Among 64 events to a word, every distance and place must do.
  for (const std::uint64_t gap : {1u, 2u, 63u, 64u, 65u, 127u, 128u, 129u, 1000u}) {
    INFO("gap " << gap);
    Journal journal;
    std::vector<EventPosition> stops;
    for (std::uint64_t i = 0; i < 3 * gap + 70; ++i) {
      const bool stop = i % gap == gap - 1;
      const EventPosition position =
          journal.append({}, kLaptop, kNoConnection, kNoEvent,
                         stop ? Payload{FaultInjected{Fault::Clear}} : Payload{NameLookedUp{}});
      if (stop) stops.push_back(position);
    }
    Timeline timeline(journal);
    for (std::uint64_t i = 0; i < journal.size(); ++i) {
      std::optional<EventPosition> after;
      std::optional<EventPosition> before;
      for (const EventPosition stop : stops) {
        if (stop.value() > i && !after) after = stop;
        if (stop.value() < i) before = stop;
      }
      REQUIRE(timeline.next(at(i), Kind::Fault) == after);
      REQUIRE(timeline.previous(at(i), Kind::Fault) == before);
    }
  }
}

TEST_CASE("A text is found in what was told, in capitals or not, forwards and backwards",
          "[journal][timeline]") {
  JournalBuilder run;
  const ConnectionId line = run.connect(kLaptop, kMta);
  run.add(kLaptop, line, BytesSent{Bytes("MAIL FROM:<ani@a.example>\r\n")});
  const EventPosition command =
      run.add(kLaptop, line, CommandSent{smtp::Verb::Mail, {}, Bytes("MAIL FROM:<ani@a.example>")});
  const EventPosition queued = run.queue(kMta, line, 1, {Bytes("dewi@c.example")}, "ANI@a.example");
  Timeline timeline(run.journal());
  CHECK(timeline.find("Ani@A", kNoEvent) == command);
  CHECK(timeline.find("ani@a", command) == queued);
  CHECK_FALSE(timeline.find("ani@a", queued));
  CHECK(timeline.find_back("ani@a", queued) == command);
  CHECK_FALSE(timeline.find_back("ani@a", command));
  CHECK(timeline.find("DEWI@c.example", kNoEvent) == queued);  // in a list of addresses
  CHECK_FALSE(timeline.find("nobody", kNoEvent));
  CHECK_FALSE(timeline.find("", kNoEvent));
  CHECK_FALSE(timeline.find_back("ani@a", kNoEvent));
}
