// A row of letters with its title: an outbox, a queue, a maildrop, what lies on a device.
#pragma once

#include "gui/stage/stage_frame.hpp"

namespace mailwalk::gui {

// The least height with which it can be drawn, in em: a title and one row.
float least_shelf_height(const SceneShelf& shelf);

// Fills the place as far as there are letters; what does not fit is told as a number.
void draw_shelf(const StageFrame& frame, const SceneShelf& shelf, const Rect& place);

}  // namespace mailwalk::gui
