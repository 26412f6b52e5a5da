// The edges between stage and docks, and between panels: pulled with the mouse.
#pragma once

#include <memory>
#include <vector>

#include "gui/panels/panel.hpp"
#include "gui/panels/workspace.hpp"

namespace mailwalk::gui {

void draw_splitters(const UiFrame& frame, const Workspace& space,
                    const std::vector<std::unique_ptr<Panel>>& panels, Intents& intents);

}  // namespace mailwalk::gui
