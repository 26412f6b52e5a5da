// What the line shows of an event, to somebody who reads along there.
#pragma once

#include "gui/inspector/inspect.hpp"

namespace mailwalk::gui {

// Adds the blocks for it. False: nothing of the event is encrypted, or whoever looks knows all.
bool inspect_on_line(const journal::Event& event, const Circumstances& circumstances,
                     Inspection& inspection);

}  // namespace mailwalk::gui
