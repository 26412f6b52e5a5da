// Dear ImGui's own parts (menus, tooltips, scroll bars) in the theme's colours and the text's size.
#pragma once

#include "gui/theme.hpp"

namespace mailwalk::gui {

// Into the current context; em is the size of running text in pixels.
void apply_style(const Theme& theme, float em);

}  // namespace mailwalk::gui
