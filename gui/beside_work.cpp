#include "gui/beside_work.hpp"

#include <utility>

namespace mailwalk::gui {

BesideWork::BesideWork(SideRun left, SideRun right)
    : left_(std::move(left)),
      right_(std::move(right)),
      pairing_(left_.document->journal(), right_.document->journal()) {}

std::unique_ptr<SideBySide> BesideWork::take() {
  return std::make_unique<SideBySide>(std::move(left_), std::move(right_), pairing_.take());
}

}  // namespace mailwalk::gui
