// A deadline that moves.
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "net/scheduler.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;

namespace {

struct Alarm {
  journal::Journal journal;
  journal::Recorder recorder{journal};
  net::Scheduler scheduler{recorder};
  std::vector<std::int64_t> fired;
  std::unique_ptr<net::Timer> timer =
      std::make_unique<net::Timer>(scheduler, [this] { fired.push_back(scheduler.now().us); });

  std::vector<std::int64_t> run() {
    while (scheduler.step()) {
    }
    return fired;
  }
};

using Times = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("A timer fires once, at the last deadline that it was given", "[net][scheduler]") {
  struct Row {
    const char* what;
    std::vector<std::optional<std::int64_t>> deadlines;
    Times fires;
  };
  const std::vector<Row> rows = {
      {"one", {10}, {10}},
      {"later", {10, 50}, {50}},
      {"earlier", {50, 10}, {10}},
      {"later, then earlier", {10, 90, 30}, {30}},
      {"taken back", {10, std::nullopt}, {}},
      {"taken back and set again", {10, std::nullopt, 40}, {40}},
      {"never set", {}, {}},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Alarm alarm;
    for (const auto us : row.deadlines) {
      alarm.timer->set(us ? std::optional(VirtualTime{*us}) : std::nullopt);
    }
    CHECK(alarm.run() == row.fires);
    CHECK(alarm.scheduler.keeping_running() == 0);
  }
}

TEST_CASE("A timer may be set again by what it sets off", "[net][scheduler]") {
  Alarm alarm;
  alarm.timer = std::make_unique<net::Timer>(alarm.scheduler, [&alarm] {
    alarm.fired.push_back(alarm.scheduler.now().us);
    if (alarm.fired.size() < 3) alarm.timer->set(alarm.scheduler.now() + microseconds(10));
  });
  alarm.timer->set(VirtualTime{10});
  CHECK(alarm.run() == Times{10, 20, 30});
}

TEST_CASE("A timer that is gone does not fire, also when it goes by its own hand",
          "[net][scheduler]") {
  Alarm alarm;
  alarm.timer->set(VirtualTime{10});
  alarm.timer.reset();
  CHECK(alarm.run().empty());

  alarm.timer = std::make_unique<net::Timer>(alarm.scheduler, [&alarm] {
    alarm.timer.reset();
    alarm.fired.push_back(alarm.scheduler.now().us);
  });
  alarm.timer->set(VirtualTime{20});
  CHECK(alarm.run() == Times{20});
  CHECK(alarm.timer == nullptr);
}

TEST_CASE("A timer of a regular poll does not keep a run going", "[net][scheduler]") {
  Alarm alarm;
  net::Timer poll(
      alarm.scheduler, [] {}, net::Hold::MayBeLeft);
  poll.set(VirtualTime{10});
  CHECK(alarm.scheduler.keeping_running() == 0);
  CHECK(alarm.scheduler.next_time() == VirtualTime{10});
}
