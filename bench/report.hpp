// What a benchmark prints: a measured figure, and a ratio with its aim.
#pragma once

#include <chrono>
#include <string>

namespace mailwalk::bench {

enum class Aim { AtLeast, AtMost };

// "  scheduler / std::priority_queue            0.52   aim: at least 0.30   reached"
void print_ratio(const std::string& what, double ratio, Aim aim, double limit);
// "  mails through 4 hops                     3,120 mails/s"
void print_figure(const std::string& what, double value, const std::string& unit);

// Seconds of the steady clock. Only benchmarks read a clock; nothing they measure does.
double seconds_now();

}  // namespace mailwalk::bench
