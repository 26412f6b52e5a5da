// An answer to what a gate asks: chosen by a click, and marked once one was given.
#pragma once

#include <cstddef>

#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// How long it is in one line, in pixels.
float answer_length(const UiFrame& frame, std::size_t answer);
// In pixels, in a box so wide. REQUIRES that the frame has a gate with such an answer, as do the
// others.
float answer_height(const UiFrame& frame, std::size_t answer, float width_px);
void draw_answer(const UiFrame& frame, std::size_t answer, const Rect& box, Intents& intents);

}  // namespace mailwalk::gui
