// The line under the stage: what happens at the position, in one sentence. A long one takes two.
#pragma once

#include "gui/ui_frame.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

void draw_caption(const UiFrame& frame, const Rect& place);

}  // namespace mailwalk::gui
