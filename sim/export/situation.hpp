// How things stand at one position of a run, in words.
#pragma once

#include <string>

#include "export/text.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::exporting {

// The time; machine by machine what lies there: letters in outbox, Sent, queue, maildrop and on the
// device, with what is known of each; and the connections that are open, with their sessions'
// states and what is under way on them.
std::string situation_text(const journal::WorldView& view, Language language);

}  // namespace mailwalk::exporting
