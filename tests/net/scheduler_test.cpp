// What happens next: by time, then by priority, then in the order of scheduling.
#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "base/prng.hpp"
#include "net/scheduler.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using net::Hold;
using net::Priority;
using net::TaskId;

namespace {

struct Diary final : net::TaskHandler {
  std::vector<std::uint64_t> ran;
  void run_task(std::uint64_t data) override { ran.push_back(data); }
};

struct Clockwork {
  journal::Journal journal;
  journal::Recorder recorder{journal};
  net::Scheduler scheduler{recorder};
  Diary diary;

  TaskId schedule(std::int64_t us, std::uint64_t data, Priority priority = Priority::Node,
                  Hold hold = Hold::KeepsRunning) {
    return scheduler.schedule({us}, priority, diary, data, hold);
  }
  std::vector<std::uint64_t> run() {
    while (scheduler.step()) {
    }
    return diary.ran;
  }
};

}  // namespace

TEST_CASE("Tasks run by time, then by priority, then in the order of scheduling",
          "[net][scheduler]") {
  Clockwork clock;
  clock.schedule(20, 6, Priority::Person);
  clock.schedule(20, 4, Priority::Node);
  clock.schedule(10, 2, Priority::Person);
  clock.schedule(20, 3, Priority::Network);
  clock.schedule(20, 5, Priority::Node);
  clock.schedule(10, 1, Priority::Network);
  CHECK(clock.run() == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6});
  CHECK(clock.scheduler.now() == VirtualTime{20});
}

TEST_CASE("A task of the past runs now, and time does not go back", "[net][scheduler]") {
  Clockwork clock;
  clock.schedule(100, 1);
  clock.scheduler.step();
  clock.schedule(5, 2);
  CHECK(clock.scheduler.next_time() == VirtualTime{100});
  clock.scheduler.step();
  CHECK(clock.scheduler.now() == VirtualTime{100});
  CHECK(clock.diary.ran == std::vector<std::uint64_t>{1, 2});
}

TEST_CASE("A cancelled task does not run, and cancelling again harms nobody", "[net][scheduler]") {
  Clockwork clock;
  const TaskId gone = clock.schedule(10, 1);
  const TaskId ran = clock.schedule(5, 2);
  clock.scheduler.cancel(gone);
  clock.scheduler.cancel(gone);
  clock.scheduler.step();
  // These take the places of the two before; the old ids are not theirs.
  clock.schedule(20, 3);
  clock.schedule(30, 4);
  clock.scheduler.cancel(gone);
  clock.scheduler.cancel(ran);
  clock.scheduler.cancel(TaskId{});
  CHECK(clock.run() == std::vector<std::uint64_t>{2, 3, 4});
}

TEST_CASE("Only tasks that keep the run going are counted", "[net][scheduler]") {
  Clockwork clock;
  clock.schedule(10, 1, Priority::Node, Hold::MayBeLeft);
  CHECK(clock.scheduler.keeping_running() == 0);
  const TaskId task = clock.schedule(20, 2);
  clock.schedule(30, 3);
  CHECK(clock.scheduler.keeping_running() == 2);
  clock.scheduler.cancel(task);
  CHECK(clock.scheduler.keeping_running() == 1);
  clock.run();
  CHECK(clock.scheduler.keeping_running() == 0);
  CHECK(clock.scheduler.next_time() == std::nullopt);
  CHECK_FALSE(clock.scheduler.step());
}

TEST_CASE("What a task does has the cause of the moment in which it was scheduled",
          "[net][scheduler]") {
  Clockwork clock;
  clock.recorder.record(NodeId{1}, kNoConnection, journal::PersonActed{});
  clock.recorder.set_moment({0}, EventPosition{0});
  clock.schedule(10, 1);
  clock.recorder.set_moment({0}, kNoEvent);
  clock.scheduler.step();
  CHECK(clock.recorder.cause() == EventPosition{0});
}

TEST_CASE("Thousands of tasks, half of them cancelled, run in the order of a sorted list",
          "[net][scheduler][property]") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    INFO("seed " << seed);
    Clockwork clock;
    Prng prng(seed);
    using Expected = std::tuple<std::int64_t, int, std::uint64_t>;
    std::vector<Expected> expected;
    for (std::uint64_t serial = 0; serial < 5'000; ++serial) {
      const std::int64_t us = prng.between(0, 500);
      const int priority = static_cast<int>(prng.below(3));
      const TaskId task = clock.schedule(us, serial, static_cast<Priority>(priority));
      if (prng.chance(500)) {
        clock.scheduler.cancel(task);
      } else {
        expected.emplace_back(us, priority, serial);
      }
    }
    std::sort(expected.begin(), expected.end());
    std::vector<std::uint64_t> order;
    for (const Expected& one : expected) order.push_back(std::get<2>(one));
    CHECK(clock.scheduler.keeping_running() == order.size());
    const bool as_sorted = clock.run() == order;
    CHECK(as_sorted);
  }
}
