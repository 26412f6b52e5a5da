// The line between two machines: idle, calling, open, cut or refused, each with a shape of its own.
#pragma once

#include "gui/stage/stage_frame.hpp"

namespace mailwalk::gui {

void draw_link(const StageFrame& frame, const SceneLink& link);

}  // namespace mailwalk::gui
