// Speed and memory, as ratios within one run: absolute figures say more about the machine.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "history_bench.hpp"
#include "recording_bench.hpp"
#include "scheduler_bench.hpp"
#ifdef MAILWALK_HAS_WINDOW
#include "window_bench.hpp"
#include "window_start_bench.hpp"
#endif
#include "world_bench.hpp"

namespace {

struct Benchmark {
  std::string_view name;
  const char* title;
  void (*measure)();
};
constexpr std::array kBenchmarks{
    Benchmark{"scheduler", "Scheduler", mailwalk::bench::measure_scheduler},
    Benchmark{"world", "Mails from device to device: 4 hops, 4 KB", mailwalk::bench::measure_world},
    Benchmark{"history", "History: going anywhere in it, and what it takes",
              mailwalk::bench::measure_history},
    Benchmark{"recording", "A run, recorded and not", mailwalk::bench::measure_recording},
#ifdef MAILWALK_HAS_WINDOW
    Benchmark{"window", "The window: UI code for a frame", mailwalk::bench::measure_window},
    Benchmark{"start", "The window: until it is there", mailwalk::bench::measure_window_start},
#endif
};

}  // namespace

// All benchmarks, or those that are named.
int main(int argc, char** argv) {
  const std::vector<std::string_view> named(argv + 1, argv + argc);
  for (const Benchmark& benchmark : kBenchmarks) {
    const bool wanted =
        named.empty() || std::find(named.begin(), named.end(), benchmark.name) != named.end();
    if (!wanted) continue;
    fmt::print("{}\n", benchmark.title);
    benchmark.measure();
  }
  return 0;
}
