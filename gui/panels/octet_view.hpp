// Octets as a person reads them: as lines with their CR and LF, or as numbers in rows of sixteen.
#pragma once

#include "gui/inspector/inspection.hpp"
#include "gui/panels/inspection_view.hpp"
#include "gui/widgets/flow.hpp"

namespace mailwalk::gui {

// The beginning of them; how many more there are is told. A click on the switch changes `view`.
void draw_octets(Flow& flow, const Octets& octets, OctetView& view);

}  // namespace mailwalk::gui
