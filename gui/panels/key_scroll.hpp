// How far keys have asked something to scroll, until it does.
#pragma once

#include "gui/playback.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

class KeyScroll {
 public:
  void ask(intent::ScrollBy by, Direction direction);
  // How far down the contents are to be moved now, in pixels.
  double take_px(float line_px, float page_px);
  void forget() { lines_ = pages_ = 0; }

 private:
  int lines_ = 0, pages_ = 0;  // asked for, and not done yet
};

}  // namespace mailwalk::gui
