// Speed and memory, as ratios within one run: absolute figures say more about the machine.
#include <fmt/format.h>

#include <cstdio>

#include "memory.hpp"
#include "report.hpp"
#include "scheduler_bench.hpp"
#ifdef MAILWALK_HAS_WINDOW
#include "window_bench.hpp"
#endif
#include "world_bench.hpp"

namespace mailwalk::bench {

void print_ratio(const std::string& what, double ratio, Aim aim, double limit) {
  const bool reached = aim == Aim::AtLeast ? ratio >= limit : ratio <= limit;
  fmt::print("  {:<58}{:>8.2f}   aim: {} {:.2f}   {}\n", what, ratio,
             aim == Aim::AtLeast ? "at least" : "at most", limit, reached ? "reached" : "MISSED");
  std::fflush(stdout);
}

void print_figure(const std::string& what, double value, const std::string& unit) {
  fmt::print("  {:<58}{:>8.0f}   {}\n", what, value, unit);
  std::fflush(stdout);
}

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace mailwalk::bench

int main() {
  fmt::print("Scheduler\n");
  mailwalk::bench::measure_scheduler();
  fmt::print("Mails from device to device: 4 hops, 4 KB\n");
  mailwalk::bench::measure_world();
#ifdef MAILWALK_HAS_WINDOW
  fmt::print("The window: UI code for a frame\n");
  mailwalk::bench::measure_window();
#endif
  return 0;
}
