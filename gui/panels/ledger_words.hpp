// Where the copies of one letter are, in words: below the ledger's table.
#pragma once

#include <optional>

#include "gui/ui_intent.hpp"
#include "gui/widgets/flow.hpp"

namespace mailwalk::gui {

// nullopt: no letter is selected, and a hint stands there.
float words_height(const UiFrame& frame, std::optional<journal::LetterId> letter);
void draw_words(Flow& flow, std::optional<journal::LetterId> letter, Intents& intents);

}  // namespace mailwalk::gui
