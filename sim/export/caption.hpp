// One true sentence about any event: what a window writes under its picture.
#pragma once

#include <string>

#include "export/narrator.hpp"

namespace mailwalk::exporting {

// What the narrator tells, with a capital at its start; and where he leaves an event to the lines
// of its session, what was said or done there. Never empty. Passwords are shown: seeing them is the
// lesson.
std::string caption(const Happened& happened, Language language);

}  // namespace mailwalk::exporting
