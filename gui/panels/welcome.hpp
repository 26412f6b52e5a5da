// What is there when nothing is open: the lessons, and why the last one could not be opened.
#pragma once

#include <string>
#include <vector>

#include "gui/bare_frame.hpp"
#include "gui/lesson_list.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

void draw_welcome(const BareFrame& frame, const std::vector<LessonEntry>& lessons,
                  const std::string& note, Intents& intents);

}  // namespace mailwalk::gui
