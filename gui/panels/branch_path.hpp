// In the top bar: "main › line cut after DELE", the branches to choose from, and side by side.
#pragma once

#include <cstddef>

#include "gui/open_run.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

void draw_branch_path(const UiFrame& frame, const Rect& place, const OpenRuns& runs,
                      std::size_t shown, Intents& intents);

}  // namespace mailwalk::gui
