// A machine on the stage: its name, what it is, and the shelves on it.
#pragma once

#include "gui/stage/card_parts.hpp"
#include "gui/stage/stage_frame.hpp"

namespace mailwalk::gui {

// The width that a card has for text, in pixels.
float card_text_width(const CardPlace& place, float em);

// What is known of the room on it before anything is drawn; `words` is the type in which it is set.
CardToFill card_to_fill(const SceneCard& card, const CardPlace& place, ImFont* words, float em);

void draw_machine_card(const StageFrame& frame, const SceneCard& card, const CardPlace& place);

}  // namespace mailwalk::gui
