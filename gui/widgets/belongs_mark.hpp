// The mark of a line of a list that belongs to what is selected elsewhere.
#pragma once

#include "gui/theme.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// At the line's left edge, and over all of it; `em` is the size of running text.
void draw_belongs_mark(ImDrawList& list, const Theme& theme, const Rect& line, float em);

}  // namespace mailwalk::gui
