// What a gate asks: on the lesson's card, and large over the stage where a class looks on.
#pragma once

#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// The question, its answers, and once one was given which is right, and why. Into the current ImGui
// window. REQUIRES that the frame has a gate.
void draw_gate(const UiFrame& frame, Intents& intents);

// The same, over the stage.
void draw_gate_over_stage(const UiFrame& frame, const Rect& stage, Intents& intents);

}  // namespace mailwalk::gui
