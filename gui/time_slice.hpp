// What takes longer than a frame is done in slices, so that the window goes on meanwhile.
#pragma once

#include <chrono>

namespace mailwalk::gui {

// So much time as a frame has to spare. The result of the work never depends on it.
class TimeSlice {
 public:
  explicit TimeSlice(std::chrono::milliseconds length = std::chrono::milliseconds(9))
      : end_(Clock::now() + length) {}
  [[nodiscard]] bool is_over() const { return Clock::now() >= end_; }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point end_;
};

// Takes steps until one returns false, or the slice is over. True: all is done.
template <class Step>
bool work_on(const TimeSlice& slice, Step step) {
  constexpr int kStepsBetweenLooks = 100;  // at the clock
  do {
    for (int i = 0; i < kStepsBetweenLooks; ++i) {
      if (!step()) return true;
    }
  } while (!slice.is_over());
  return false;
}

}  // namespace mailwalk::gui
