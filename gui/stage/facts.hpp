// What is told of a thing on the stage when the mouse rests on it.
#pragma once

#include <string>

#include "gui/selection.hpp"
#include "gui/stage/scene.hpp"
#include "gui/ui_frame.hpp"

namespace mailwalk::gui {

// Some short lines, safe to draw; empty if there is nothing to tell.
std::string facts_of(const UiFrame& frame, const Scene& scene, const Selection& what);

}  // namespace mailwalk::gui
