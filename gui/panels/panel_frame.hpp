// What is around every panel: its card, its title, and the arrow that folds it.
#pragma once

#include "gui/panels/panel.hpp"
#include "gui/panels/panel_focus.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// The whole panel at its place, folded or open; the one with the focus has a ring around it.
void draw_panel(const UiFrame& frame, Panel& panel, const Rect& place, PanelFocus& focus,
                Intents& intents);

// A plain card, as the stage and the transport have it too.
void draw_card(const UiFrame& frame, const Rect& place);

}  // namespace mailwalk::gui
