// Under the stage: start, back, play, step, end, the speed, the scrubber, and the clock.
#pragma once

#include "gui/panels/scrubber.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

class Transport {
 public:
  void draw(const UiFrame& frame, const Rect& place, Intents& intents);

 private:
  Scrubber scrubber_;
};

}  // namespace mailwalk::gui
