#include "scheduler_bench.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

#include "base/prng.hpp"
#include "journal/journal.hpp"
#include "net/scheduler.hpp"
#include "report.hpp"

namespace mailwalk::bench {
namespace {

constexpr int kWaiting = 10'000;  // tasks in the heap at any time
constexpr int kSteps = 3'000'000;
constexpr int kSchedulerRounds = 5;  // the best of each side counts: the machine's speed drifts

std::int64_t next_delay(Prng& prng) {
  return static_cast<std::int64_t>(prng.next() >> 44);
}

class Rescheduler final : public net::TaskHandler {
 public:
  Rescheduler(net::Scheduler& scheduler, Prng& prng) : scheduler_(scheduler), prng_(prng) {}
  void run_task(std::uint64_t data) override {
    scheduler_.schedule(scheduler_.now() + Duration{next_delay(prng_)}, net::Priority::Network,
                        *this, data + 1);
  }

 private:
  net::Scheduler& scheduler_;
  Prng& prng_;
};

double time_scheduler() {
  journal::Journal journal;
  journal::Recorder recorder(journal);
  net::Scheduler scheduler(recorder);
  Prng prng(1);
  Rescheduler handler(scheduler, prng);
  for (int i = 0; i < kWaiting; ++i) handler.run_task(0);
  const double begun = seconds_now();
  for (int i = 0; i < kSteps; ++i) scheduler.step();
  return seconds_now() - begun;
}

double time_bare_queue() {
  using Item = std::pair<std::int64_t, std::uint64_t>;
  std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
  Prng prng(1);
  std::uint64_t serial = 0;
  for (int i = 0; i < kWaiting; ++i) queue.emplace(next_delay(prng), serial++);
  const double begun = seconds_now();
  for (int i = 0; i < kSteps; ++i) {
    const Item item = queue.top();
    queue.pop();
    queue.emplace(item.first + next_delay(prng), serial++);
  }
  return seconds_now() - begun;
}

}  // namespace

void measure_scheduler() {
  double scheduler = time_scheduler();
  double bare = time_bare_queue();
  for (int round = 1; round < kSchedulerRounds; ++round) {
    scheduler = std::min(scheduler, time_scheduler());
    bare = std::min(bare, time_bare_queue());
  }
  print_figure("events through the scheduler", kSteps / scheduler, "events/s");
  print_ratio("scheduler beside a bare std::priority_queue", bare / scheduler, Aim::AtLeast, 0.3);
}

}  // namespace mailwalk::bench
