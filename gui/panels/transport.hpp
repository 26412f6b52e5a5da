// Under the stage: start, back, play, step, end, the speed, the scrubber, and the clock.
#pragma once

#include <cstddef>
#include <string>

#include "gui/panels/scrubber.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// "1/2×": of an index into kSpeeds.
std::string speed_text(std::size_t index);

class Transport {
 public:
  void draw(const UiFrame& frame, const Rect& place, Intents& intents);

 private:
  Scrubber scrubber_;
};

}  // namespace mailwalk::gui
