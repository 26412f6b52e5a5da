// One event, in a line.
#pragma once

#include <string>

#include "export/narrator.hpp"

namespace mailwalk::exporting {

// "09:00:03.240, Budi's phone: CommandSent “DELE 1”": when and where, and the narrator's sentence;
// for events that he leaves to the session's lines, the line itself or else the event's name.
// Nothing secret is told.
std::string event_words(const Happened& happened, const Narrator& narrator);

}  // namespace mailwalk::exporting
