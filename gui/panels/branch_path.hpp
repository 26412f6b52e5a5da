// "main › line cut after DELE", and the branches to choose from: in the top bar, with side by side;
// and over the stage while a class looks on.
#pragma once

#include <cstddef>

#include "gui/open_run.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

void draw_branch_path(const UiFrame& frame, const Rect& place, const OpenRuns& runs,
                      std::size_t shown, Intents& intents);

// In em: of the bar over the stage. It is there as soon as there is a branch, whichever run is
// shown, so that the stage stands still from one to the other.
inline constexpr float kBranchBarHeight = 1.5F;

void draw_branch_bar(const UiFrame& frame, const Rect& place, const OpenRuns& runs,
                     std::size_t shown, Intents& intents);

}  // namespace mailwalk::gui
