// What a gate asks, on the lesson's card.
#pragma once

#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

// The question, its answers, and once one was given which is right, and why. Into the current ImGui
// window. REQUIRES that the frame has a gate.
void draw_gate(const UiFrame& frame, Intents& intents);

}  // namespace mailwalk::gui
