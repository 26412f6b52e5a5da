// Where two runs part, and what differs at their ends.
#include "journal/comparison.hpp"

#include <string>

#include "tests/journal/builder.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

// A letter comes to Budi's maildrop over Ani's outbox.
EventPosition bring_letter(JournalBuilder& run, std::uint32_t outbox, const char* uid) {
  const EventPosition birth = run.compose(outbox, {kBudi});
  const ConnectionId line = run.connect(kLaptop, kMailServer);
  run.add(kLaptop, line, SubmissionBegun{OutboxId{outbox}});
  run.deliver(line, "budi", uid);
  run.add(kLaptop, MailSubmitted{OutboxId{outbox}, {kBudi}});
  run.close(line, kLaptop, kMailServer);
  return birth;
}

// Budi's phone fetches it.
void fetch_letter(JournalBuilder& run, std::uint32_t number, const char* uid) {
  const ConnectionId line = run.connect(kPhone, kMailServer, kPop3Port);
  run.add(kMailServer, line, LetterRetrieved{Bytes("budi"), Bytes(uid), 1, std::nullopt});
  run.add(kPhone, line,
          LetterStored{DeviceLetterId{number}, JournalBuilder::kAccount, Bytes(uid),
                       Bytes("Return-Path: <>\r\n\r\nHai\r\n")});
}

}  // namespace

TEST_CASE("Two runs with the same events never part", "[journal][comparison]") {
  JournalBuilder left, right;
  bring_letter(left, 1, "u1");
  bring_letter(right, 1, "u1");
  CHECK(find_divergence(left.journal(), right.journal()).how == Parting::Never);
  CHECK(find_divergence(left.journal(), right.journal()).at == kNoEvent);
  CHECK(compare_views(left.view(), right.view()).none());
}

TEST_CASE("The first event that differs is found wherever it is", "[journal][comparison]") {
  for (const std::uint64_t parting : {0U, 1U, 7U, 20U, 39U}) {
    Journal left, right;
    for (std::uint64_t i = 0; i < 40; ++i) {
      const bool parted = i >= parting;
      left.append({}, kPhone, kNoConnection, kNoEvent, LetterRead{DeviceLetterId{1}});
      right.append({}, kPhone, kNoConnection, kNoEvent,
                   LetterRead{DeviceLetterId{parted ? 2U : 1U}});
    }
    const Divergence found = find_divergence(left, right);
    CHECK(found.how == Parting::Differ);
    CHECK(found.at == EventPosition{parting});
  }
}

TEST_CASE("Events differ in when, where and why they happen, too", "[journal][comparison]") {
  const Event event{
      EventPosition{5}, {}, kPhone, kNoConnection, EventPosition{2}, LetterRead{DeviceLetterId{1}}};
  Event other = event;
  CHECK(same_event(event, other));
  SECTION("when") {
    other.time = {1};
  }
  SECTION("at which machine") {
    other.node = kTablet;
  }
  SECTION("on which connection") {
    other.connection = ConnectionId{1};
  }
  SECTION("why") {
    other.cause = kNoEvent;
  }
  SECTION("of which kind") {
    other.payload = LetterRemoved{DeviceLetterId{1}};
  }
  SECTION("what it says") {
    other.payload = LetterRead{DeviceLetterId{2}};
  }
  CHECK_FALSE(same_event(event, other));
}

TEST_CASE("A run that is the beginning of another one is told apart", "[journal][comparison]") {
  JournalBuilder short_run, long_run;
  bring_letter(long_run, 1, "u1");
  const std::uint64_t size = short_run.journal().size();
  const Divergence ahead = find_divergence(short_run.journal(), long_run.journal());
  CHECK(ahead.how == Parting::LeftEnded);
  CHECK(ahead.at == EventPosition{size});
  const Divergence behind = find_divergence(long_run.journal(), short_run.journal());
  CHECK(behind.how == Parting::RightEnded);
  CHECK(behind.at == EventPosition{size});
}

TEST_CASE("Where the copies of a letter are is compared place by place", "[journal][comparison]") {
  JournalBuilder keeps, deletes;
  const EventPosition birth = bring_letter(keeps, 1, "u1");
  bring_letter(deletes, 1, "u1");
  fetch_letter(keeps, 1, "u1");
  fetch_letter(deletes, 1, "u1");
  deletes.add(kMailServer, LetterExpunged{Bytes("budi"), Bytes("u1")});

  const ViewDifferences found = compare_views(keeps.view(), deletes.view());
  REQUIRE(found.copies.size() == 1);
  const CopiesDiffer& copies = found.copies.front();
  CHECK(copies.letter == LetterPair{LetterId{birth.value()}, LetterId{birth.value()}});
  CHECK(copies.machine == Bytes("mx"));
  CHECK(copies.place == Place::Maildrop);
  CHECK(copies.owner == Bytes("budi"));
  CHECK(copies.left == std::vector{Standing::Here});
  CHECK(copies.right == std::vector{Standing::Gone});

  REQUIRE(found.maildrops.size() == 1);
  CHECK(found.maildrops.front().owner == Bytes("budi"));
  CHECK(found.maildrops.front().left_bytes ==
        keeps.view().maildrop(kMailServer, Bytes("budi"))->used_bytes);
  CHECK(found.maildrops.front().right_bytes == 0U);
  CHECK(found.devices.empty());
  CHECK(found.read_marks.empty());
  CHECK(found.waiting.empty());
}

TEST_CASE("A letter is the same letter also where the runs number their events otherwise",
          "[journal][comparison]") {
  JournalBuilder plain, disturbed;
  const EventPosition first = bring_letter(plain, 1, "u1");
  const EventPosition second = bring_letter(plain, 2, "u2");
  disturbed.add(kNoNode, FaultInjected{Fault::Slow});
  const EventPosition moved = bring_letter(disturbed, 1, "u1");
  REQUIRE(moved != first);

  const auto pairs = pair_letters(plain.view(), disturbed.view());
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0] == LetterPair{LetterId{first.value()}, LetterId{moved.value()}});
  CHECK(pairs[1] == LetterPair{LetterId{second.value()}, kNoLetter});
  for (const CopiesDiffer& copies : compare_views(plain.view(), disturbed.view()).copies) {
    CHECK(copies.letter == pairs[1]);
    CHECK(copies.right.empty());
  }
}

TEST_CASE("Read marks and what lies on a device are compared", "[journal][comparison]") {
  JournalBuilder left, right;
  for (JournalBuilder* run : {&left, &right}) {
    bring_letter(*run, 1, "u1");
    fetch_letter(*run, 1, "u1");
  }
  SECTION("read on one side only") {
    right.add(kPhone, LetterRead{DeviceLetterId{1}});
    const ViewDifferences found = compare_views(left.view(), right.view());
    REQUIRE(found.read_marks.size() == 1);
    CHECK(found.read_marks.front().machine == Bytes("phone"));
    CHECK(found.read_marks.front().left == 0);
    CHECK(found.read_marks.front().right == 1);
    CHECK(found.copies.empty());
    CHECK(found.devices.empty());
  }
  SECTION("thrown away on one side only") {
    right.add(kPhone, LetterRemoved{DeviceLetterId{1}});
    const ViewDifferences found = compare_views(left.view(), right.view());
    REQUIRE(found.devices.size() == 1);
    CHECK(found.devices.front().machine == Bytes("phone"));
    CHECK(*found.devices.front().left_bytes > 0);
    CHECK(found.devices.front().right_bytes == 0U);
    REQUIRE(found.copies.size() == 1);
    CHECK(found.copies.front().place == Place::Device);
  }
}

TEST_CASE("What waits in an outbox or a queue is compared", "[journal][comparison]") {
  JournalBuilder left, right;
  SECTION("in an outbox, for longer") {
    left.compose(1, {kBudi});
    right.compose(1, {kBudi});
    right.add(kLaptop, SubmissionDeferred{OutboxId{1}, {9'000'000}, Trouble::LineLost, {}});
    const ViewDifferences found = compare_views(left.view(), right.view());
    REQUIRE(found.waiting.size() == 1);
    CHECK(found.waiting.front().place == Place::Outbox);
    CHECK(found.waiting.front().left->recipients == 1);
    CHECK(found.waiting.front().right->next_try == VirtualTime{9'000'000});
    CHECK(found.copies.empty());
  }
  SECTION("in a queue of one side only") {
    for (JournalBuilder* run : {&left, &right}) {
      const ConnectionId line = run->connect(kLaptop, kMta);
      run->queue(kMta, line, 1, {kBudi});
    }
    right.add(kMta, RecipientSettled{QueueNumber{1}, kBudi, Outcome::Relayed, Trouble::None, {}});
    right.add(kMta, MailDequeued{QueueNumber{1}});
    const ViewDifferences found = compare_views(left.view(), right.view());
    REQUIRE(found.waiting.size() == 1);
    CHECK(found.waiting.front().place == Place::Queue);
    CHECK(found.waiting.front().machine == Bytes("mta"));
    CHECK(found.waiting.front().left->recipients == 1);
    CHECK_FALSE(found.waiting.front().right.has_value());
  }
}
