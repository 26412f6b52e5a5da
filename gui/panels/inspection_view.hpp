// An inspection as it is drawn: block by block.
#pragma once

#include "gui/inspector/inspection.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/flow.hpp"

namespace mailwalk::gui {

// How octets are shown: as text, or as numbers in rows.
enum class OctetView : std::uint8_t { Text, Hex };

// Into the current ImGui window. A click on the switch beside the octets changes `octets`.
void draw_inspection(Flow& flow, const Inspection& inspection, OctetView& octets, Intents& intents);

}  // namespace mailwalk::gui
