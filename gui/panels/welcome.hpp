// What is there when nothing is open: the lessons, and how the opening goes, or why it went wrong.
#pragma once

#include <string>
#include <vector>

#include "gui/bare_frame.hpp"
#include "gui/lesson_list.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

struct WelcomeNote {
  const std::string& text;
  Color color;
};

void draw_welcome(const BareFrame& frame, const std::vector<LessonEntry>& lessons,
                  const WelcomeNote& note, Intents& intents);

}  // namespace mailwalk::gui
