// The bar over the stage while the window shows what somebody on the line sees: that it does.
#pragma once

#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// In em. In presentation mode the room is the stage's.
constexpr float sight_bar_height(Mode mode) {
  return mode == Mode::Work ? 2.2F : 1.5F;
}

void draw_sight_bar(const UiFrame& frame, const Rect& place, Intents& intents);

}  // namespace mailwalk::gui
