#include "history_bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/prng.hpp"
#include "journal/reducer.hpp"
#include "journal/timeline.hpp"
#include "journal_copy.hpp"
#include "long_run.hpp"
#include "memory.hpp"
#include "report.hpp"
#include "world/world.hpp"

namespace mailwalk::bench {
namespace {

constexpr int kEventsAMail = 250;  // as long_run() makes them
constexpr double kFrameSeconds = 0.016;
constexpr int kJumps = 2'000;
constexpr double kOctetsAnEvent = 200;

JournalCopy journal_of(int events) {
  world::World world(long_run(std::max(1, events / kEventsAMail)), kMostEvents);
  world.run();
  return copy_of(world.journal());
}

// Seconds of each of many jumps to drawn positions, the shortest first.
std::vector<double> jump_seconds(journal::Timeline& timeline, std::uint64_t events) {
  Prng prng(1);
  std::vector<double> seconds;
  for (int i = 0; i < kJumps; ++i) {
    const EventPosition to{prng.below(events)};
    const double begun = seconds_now();
    const journal::WorldView view = timeline.view_at(to);
    seconds.push_back(seconds_now() - begun);
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds;
}

void measure_jumps(const journal::Journal& journal, journal::Timeline& timeline) {
  const double begun = seconds_now();
  const journal::WorldView end = journal::view_at_end(journal);
  const double fold = seconds_now() - begun;
  const std::vector<double> jumps = jump_seconds(timeline, journal.size());
  double sum = 0;
  for (const double jump : jumps) sum += jump;
  print_figure(fmt::format("folding all {} events", end.events), fold * 1'000, "ms");
  print_figure("a jump to a drawn position, on average", sum / kJumps * 1'000'000, "us");
  print_ratio("a jump beside folding all of it, in thousandths", sum / kJumps / fold * 1'000,
              Aim::AtMost, 1.0);
  print_ratio("99 of 100 jumps, in frames of 16 ms", jumps[kJumps * 99 / 100] / kFrameSeconds,
              Aim::AtMost, 1.0);
}

}  // namespace

void measure_history() {
  for (const int events : {10'000, 100'000, 1'000'000}) {
    const JournalCopy copy = journal_of(events);
    const std::uint64_t size = copy.journal.size();
    const std::uint64_t before = allocated_bytes();
    journal::Timeline timeline(copy.journal);
    timeline.view_at(EventPosition{size - 1});
    const double checkpoints =
        static_cast<double>(allocated_bytes() - before) / static_cast<double>(size);
    print_figure(fmt::format("checkpoints an event, of {}", size), checkpoints, "octets");
    print_ratio(fmt::format("journal and checkpoints an event of {}, in 200 octets", size),
                (copy.overhead_per_event + checkpoints) / kOctetsAnEvent, Aim::AtMost, 1.0);
    if (events == 1'000'000) measure_jumps(copy.journal, timeline);
  }
}

}  // namespace mailwalk::bench
