#include "report.hpp"

#include <fmt/format.h>

#include <cstdio>

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
