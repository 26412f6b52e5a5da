#include "store/mta_queue.hpp"

#include "base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::store;

namespace {

mail::Envelope envelope(std::vector<std::string> local_parts) {
  mail::Envelope made;
  made.reverse_path = mail::Mailbox{"ani", "a.test"};
  for (std::string& local_part : local_parts) {
    made.recipients.push_back({std::move(local_part), "b.test"});
  }
  return made;
}

QueueId queued(MtaQueue& queue, std::vector<std::string> recipients, VirtualTime now = {}) {
  const auto result = queue.add(envelope(std::move(recipients)), Bytes("mail\r\n"), now);
  REQUIRE(std::holds_alternative<QueueId>(result));
  return std::get<QueueId>(result);
}

Diagnostic try_later() {
  return {{4, 3, 0}, "mx.b.test", "451 4.3.0 Try later", ""};
}

}  // namespace

TEST_CASE("The retry schedule waits as long as the mail is old, within its bounds",
          "[store][retry][Q14][Q15]") {
  const RetrySchedule usual;
  struct Row {
    Duration age;
    Duration wait;
  };
  const std::vector<Row> rows{
      {minutes(0), minutes(30)}, {minutes(29), minutes(30)}, {minutes(30), minutes(30)},
      {hours(1), hours(1)},      {hours(4), hours(4)},       {days(3), hours(4)},
  };
  for (const Row& row : rows) {
    INFO(duration_text(row.age));
    CHECK(usual.wait(row.age) == row.wait);
  }
  CHECK_FALSE(usual.expired(days(5) - microseconds(1)));
  CHECK(usual.expired(days(5)));
}

TEST_CASE("With Postfix's measured settings, attempts come when Postfix made them",
          "[store][retry][Q15]") {
  // Measured at 0, 2, 4, 7, 13, 25, 48, 71 and 94 s with a queue scan each second; without the
  // scan's rounding, the first wait is the minimum and the others double up to the maximum.
  const RetrySchedule schedule{seconds(3), seconds(24), seconds(75)};
  MtaQueue queue(schedule);
  const VirtualTime start = VirtualTime{} + hours(1);
  const QueueId id = queued(queue, {"bob"}, start);
  std::vector<std::int64_t> attempts_s;
  while (queue.find(id) != nullptr) {
    const VirtualTime now = *queue.next_due();
    REQUIRE(queue.due(now) == std::vector<QueueId>{id});
    attempts_s.push_back((now - start).us / 1'000'000);
    queue.begin(id);
    queue.set_back(id, 0, try_later());
    if (queue.expired(id, now)) {
      queue.remove(id);
    } else {
      queue.defer(id, now);
    }
  }
  CHECK(attempts_s == std::vector<std::int64_t>{0, 3, 6, 12, 24, 48, 72, 96});
}

TEST_CASE("A queue id reads as in Received fields", "[store][queue]") {
  CHECK(text(QueueId{1}) == "00001");
  CHECK(text(QueueId{0x4F0A1}) == "4F0A1");
  CHECK(text(QueueId{0x123456789A}) == "123456789A");
}

TEST_CASE("A mail is due at once, and is not offered again while it is being tried",
          "[store][queue]") {
  MtaQueue queue{RetrySchedule{}};
  CHECK_FALSE(queue.next_due());
  CHECK(queue.next_id() == QueueId{1});
  const QueueId id = queued(queue, {"bob", "carol"}, VirtualTime{7});
  CHECK(id == QueueId{1});
  CHECK(queue.due(VirtualTime{6}).empty());
  CHECK(queue.due(VirtualTime{7}) == std::vector<QueueId>{id});
  CHECK(queue.next_due() == VirtualTime{7});

  const QueueEntry& entry = queue.begin(id);
  CHECK(entry.attempts == 1);
  CHECK(entry.pending().size() == 2);
  CHECK(entry.envelope.reverse_path->local_part == "ani");
  CHECK(queue.due(VirtualTime{} + days(1)).empty());
  CHECK_FALSE(queue.next_due());

  CHECK(queue.defer(id, VirtualTime{7} + seconds(1)) == VirtualTime{7} + seconds(1) + minutes(30));
  CHECK(queue.next_due() == entry.next_try);
  queue.begin(id);
  CHECK(entry.attempts == 2);
}

TEST_CASE("Recipients are settled one by one; those set back stay pending", "[store][queue][Q20]") {
  MtaQueue queue{RetrySchedule{}};
  const QueueId id = queued(queue, {"bob", "carol", "dan"});
  const QueueEntry& entry = queue.begin(id);
  queue.settle(id, 0, std::nullopt);
  queue.settle(id, 2, Diagnostic{{5, 1, 1}, "mx.b.test", "550 5.1.1 No such user", ""});
  queue.set_back(id, 1, try_later());
  REQUIRE(entry.pending().size() == 1);
  CHECK(entry.pending()[0].local_part == "carol");
  CHECK(entry.recipients[1].last == try_later());
  CHECK(entry.recipients[2].last->status.text() == "5.1.1");
  CHECK_FALSE(entry.recipients[0].last);
  CHECK_FALSE(entry.settled());
  queue.settle(id, 1, std::nullopt);
  CHECK(entry.settled());
  queue.remove(id);
  CHECK(queue.find(id) == nullptr);
  CHECK(queue.entries().empty());
  CHECK(queue.used_bytes() == 0);
  CHECK(queue.next_id() == QueueId{2});
}

TEST_CASE("Of several mails, the one that waits longest is due first", "[store][queue]") {
  MtaQueue queue{RetrySchedule{}};
  const QueueId old = queued(queue, {"bob"}, VirtualTime{});
  const QueueId middle = queued(queue, {"bob"}, VirtualTime{} + minutes(1));
  const QueueId young = queued(queue, {"bob"}, VirtualTime{} + minutes(1));
  queue.begin(old);
  queue.defer(old, VirtualTime{});
  CHECK(queue.due(VirtualTime{} + hours(1)) == std::vector<QueueId>{middle, young, old});
  CHECK(queue.due(VirtualTime{} + minutes(1)) == std::vector<QueueId>{middle, young});

  queue.begin(middle);
  queue.flush(VirtualTime{} + minutes(2));
  CHECK(queue.due(VirtualTime{} + minutes(2)) == std::vector<QueueId>{young, old});
}

TEST_CASE("A full queue takes no more, and says how full it is", "[store][queue][limits]") {
  QueueLimits limits;
  limits.entries = 3;
  limits.bytes = 20;
  MtaQueue queue(RetrySchedule{}, limits);
  SECTION("in bytes") {
    CHECK(queue.has_room_for(20));
    CHECK_FALSE(queue.has_room_for(21));
    const QueueId id = queued(queue, {"bob"});
    CHECK(queue.has_room_for(14));
    const auto refused = queue.add(envelope({"bob"}), Bytes(std::string(15, 'x')), VirtualTime{});
    REQUIRE(std::holds_alternative<QueueFull>(refused));
    CHECK(std::get<QueueFull>(refused).used_bytes == 6);
    CHECK(queue.entries().size() == 1);
    queue.remove(id);
    CHECK(queue.has_room_for(20));
  }
  SECTION("in entries") {
    for (int i = 0; i < 3; ++i) queued(queue, {"bob"});
    CHECK_FALSE(queue.has_room_for(0));
    CHECK(std::holds_alternative<QueueFull>(queue.add(envelope({"bob"}), Bytes(), VirtualTime{})));
  }
}

TEST_CASE("However attempts go, each mail is tried until it is settled or too old",
          "[store][queue][random]") {
  Prng prng(12);
  MtaQueue queue{RetrySchedule{}};
  VirtualTime now;
  int removed = 0;
  for (int i = 0; i < 200; ++i) queued(queue, {"bob", "carol"}, VirtualTime{} + minutes(i));
  while (const auto next = queue.next_due()) {
    REQUIRE(*next >= now);
    now = *next;
    for (const QueueId id : queue.due(now)) {
      const QueueEntry& entry = queue.begin(id);
      REQUIRE(entry.next_try <= now);
      for (std::size_t i = 0; i < entry.recipients.size(); ++i) {
        if (entry.recipients[i].state == RecipientState::Done) continue;
        if (prng.chance(20)) {
          queue.settle(id, i, std::nullopt);
        } else {
          queue.set_back(id, i, try_later());
        }
      }
      if (entry.settled() || queue.expired(id, now)) {
        REQUIRE(now - entry.arrived_at <= days(5) + hours(4));
        queue.remove(id);
        ++removed;
      } else {
        const VirtualTime again = queue.defer(id, now);
        REQUIRE(again >= now + minutes(30));
        REQUIRE(again <= now + hours(4));
      }
    }
  }
  CHECK(removed == 200);
  CHECK(queue.used_bytes() == 0);
}
