// The map of a session's states as a picture: where it is, which ways lead on, what may be said.
#pragma once

#include "gui/inspector/inspection.hpp"
#include "gui/widgets/flow.hpp"

namespace mailwalk::gui {

void draw_state_map(Flow& flow, const StateMap& map);

}  // namespace mailwalk::gui
