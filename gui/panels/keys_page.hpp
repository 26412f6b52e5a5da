// The page that "?" opens: every key and what it does, from the table that the keys themselves use.
#pragma once

#include "gui/bare_frame.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

// Over the whole window. A click anywhere closes it.
void draw_keys_page(const BareFrame& frame, Intents& intents);

}  // namespace mailwalk::gui
