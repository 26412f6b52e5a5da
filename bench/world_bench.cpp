#include "world_bench.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

#include "journal_copy.hpp"
#include "long_run.hpp"
#include "memory.hpp"
#include "report.hpp"
#include "world/world.hpp"

namespace mailwalk::bench {
namespace {

constexpr int kFew = 1'000;
constexpr int kMany = 100'000;
constexpr int kShortRuns = 30;
constexpr std::uint64_t kOctetsAMail = 125'000;  // more than the journal needs for one

struct Measured {
  double seconds_per_mail = 0;         // by the clock, with the memory at hand
  double memory_seconds_per_mail = 0;  // for the system to hand it out, before
  std::uint64_t events = 0;
  double overhead_per_event = 0;  // octets
};

Measured run(int mails) {
  Measured measured;
  const double asked = seconds_now();
  take_memory(kOctetsAMail * static_cast<std::uint64_t>(mails));
  measured.memory_seconds_per_mail = (seconds_now() - asked) / mails;
  world::Scenario s = long_run(mails);
  const double begun = seconds_now();
  world::World world(std::move(s), kMostEvents);
  world.run();
  measured.seconds_per_mail = (seconds_now() - begun) / mails;
  measured.events = world.journal().size();
  const auto letters = world.find("hp-budi")->store->letters().size();
  if (letters != static_cast<std::size_t>(mails)) {
    fmt::print("  {} of {} mails arrived: the figures below are void\n", letters, mails);
  }
  if (mails == kFew) measured.overhead_per_event = copy_of(world.journal()).overhead_per_event;
  return measured;
}

// Each run has a process of its own, so that none finds what an earlier one has left.
Measured in_fresh_process(int mails) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    const Measured measured = run(mails);
    const bool told = write(ends[1], &measured, sizeof measured) == sizeof measured;
    _exit(told ? 0 : 1);
  }
  Measured measured;
  close(ends[1]);
  if (read(ends[0], &measured, sizeof measured) != sizeof measured) std::abort();
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return measured;
}

}  // namespace

void measure_world() {
  // A short run can have luck where a long one cannot, and computers are quicker at one time than
  // at another: as many short ones before the long run as after it, and the one in their middle.
  std::vector<Measured> short_runs;
  const auto measure_short_runs = [&] {
    for (int i = 0; i < kShortRuns / 2; ++i) short_runs.push_back(in_fresh_process(kFew));
  };
  measure_short_runs();
  const Measured many = in_fresh_process(kMany);
  measure_short_runs();
  const auto middle = short_runs.begin() + kShortRuns / 2;
  std::nth_element(
      short_runs.begin(), middle, short_runs.end(),
      [](const Measured& a, const Measured& b) { return a.seconds_per_mail < b.seconds_per_mail; });
  const Measured few = *middle;
  print_figure(fmt::format("mails a second, run of {}", kFew), 1 / few.seconds_per_mail, "mails/s");
  print_figure(fmt::format("mails a second, run of {}", kMany), 1 / many.seconds_per_mail,
               "mails/s");
  print_figure("events a mail", static_cast<double>(many.events) / kMany, "events");
  print_ratio("memory an event beside its payload, in units of 200 octets",
              few.overhead_per_event / 200, Aim::AtMost, 1.0);
  print_ratio("time for a mail among 100,000 beside one among 1,000",
              many.seconds_per_mail / few.seconds_per_mail, Aim::AtMost, 1.2);
  // The journal keeps every octet. How fast a system hands out so much memory is the system's own
  // affair: in a virtual machine it may take longer than the mails.
  print_figure(fmt::format("not in it: the system hands out {:.0f} GB",
                           kMany * static_cast<double>(kOctetsAMail) / 1e9),
               kMany * many.memory_seconds_per_mail, "s");
}

}  // namespace mailwalk::bench
