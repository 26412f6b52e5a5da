// The two words over the stage: on the left letters are pushed, on the right they are pulled.
#pragma once

#include "gui/stage/stage_frame.hpp"

namespace mailwalk::gui {

void draw_bands(const StageFrame& frame);

}  // namespace mailwalk::gui
