// What a gate asks while a class looks on: below the stage, which stays in sight.
#pragma once

#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// The question with its answers side by side; once one was given, that one and the right one, and
// why. Returns how high it is in pixels; more than the place is scrolled to. REQUIRES that the
// frame has a gate.
float draw_presented_gate(const UiFrame& frame, const Rect& place, Intents& intents);

}  // namespace mailwalk::gui
