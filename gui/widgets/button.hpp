// Buttons and choices in the window's own look.
#pragma once

#include <cstdint>
#include <string_view>

#include <imgui.h>

#include "gui/ui_frame.hpp"

namespace mailwalk::gui {

enum class Emphasis : std::uint8_t { Quiet, Normal, Primary };
enum class Chosen : std::uint8_t { No, Yes };

struct ButtonLook {
  Emphasis emphasis = Emphasis::Normal;
  Chosen chosen = Chosen::No;
  float width_px = 0;  // 0: as wide as its text
};

// At the cursor of the current ImGui window. `id` tells it from others there. True: it was clicked.
bool button(const UiFrame& frame, const char* id, std::string_view label, ButtonLook look = {});

// The width that it takes, in pixels.
float button_width(const UiFrame& frame, std::string_view label);
float button_height(const UiFrame& frame);

// A few words that appear when the mouse rests on what was drawn last.
void tooltip(const UiFrame& frame, std::string_view text);

// The next popup hangs below what was drawn last, inside of the window. `width_px` is its own.
void hang_popup_below(const UiFrame& frame, float width_px);

}  // namespace mailwalk::gui
