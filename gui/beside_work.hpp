// Two runs while they are set beside each other: their events are paired, a slice in each frame.
#pragma once

#include <memory>

#include "gui/side_by_side.hpp"
#include "gui/time_slice.hpp"
#include "world/pairing.hpp"

namespace mailwalk::gui {

class BesideWork {
 public:
  BesideWork(SideRun left, SideRun right);

  // True: all is done.
  bool advance(const TimeSlice& slice) {
    return work_on(slice, [this] { return pairing_.step(); });
  }
  [[nodiscard]] double progress() const { return pairing_.progress(); }
  // REQUIRES that it is done, and is asked once.
  std::unique_ptr<SideBySide> take();

 private:
  SideRun left_, right_;
  world::PairingWork pairing_;
};

}  // namespace mailwalk::gui
