// A list of what a transcript can be about: everything, a machine, a session.
#pragma once

#include "gui/transcript_index.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

// A button at the cursor, at most so wide, that opens the list. What is chosen becomes the
// selection, which the transcript follows.
void draw_session_picker(const UiFrame& frame, const TranscriptScope& scope, float width_px,
                         Intents& intents);

}  // namespace mailwalk::gui
