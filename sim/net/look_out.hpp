// Whether it pays to look out for news for a moment before falling asleep.
//
// To fall asleep and to be woken takes the system longer than most programs on this computer take
// to say the next thing. Times are ages, in real time.
#pragma once

#include <cstdint>

#include "base/virtual_time.hpp"

namespace mailwalk::net {

class LookOut {
 public:
  // How long at most.
  static constexpr Duration kLongest = microseconds(50);

  // Whether somebody may be about to speak, and the processor has nothing else to do.
  [[nodiscard]] bool pays(Duration now) const { return came_soon_ && now >= busy_until_; }

  // Whoever spoke within this time, in which the system may have slept and woken, may do so again.
  // Without this bound those who say an octet now and then would keep a processor busy with
  // nothing.
  static constexpr Duration kSoon = microseconds(200);
  enum class Heard : std::uint8_t { Something, Nothing };
  void waited(Duration begun, Duration ended, Heard heard) {
    came_soon_ = heard == Heard::Something && ended - begun < kSoon;
  }

  // Who looks out offers the processor to others meanwhile. Where it does not come back soon, many
  // need it, and the system gives it to those first who have slept: for so long, nobody looks out.
  static constexpr Duration kBusy = milliseconds(50);
  void looked_out(Duration begun, Duration ended) {
    if (ended - begun > kSoon) busy_until_ = ended + kBusy;
  }

 private:
  bool came_soon_ = false;
  Duration busy_until_;
};

}  // namespace mailwalk::net
