// The two words over the stage: on the left letters are pushed, on the right they are pulled.
#pragma once

#include <optional>

#include "gui/stage/stage_frame.hpp"

namespace mailwalk::gui {

void draw_bands(const StageFrame& frame);

// So wide a place on a band, before its words; nothing if no band has one.
std::optional<Rect> room_on_bands(const StageFrame& frame, float width_px);

}  // namespace mailwalk::gui
