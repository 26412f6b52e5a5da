// What is there when nothing is open: the lessons, and why the last one could not be opened.
#pragma once

#include <string>
#include <vector>

#include "gui/fonts.hpp"
#include "gui/language.hpp"
#include "gui/lesson_list.hpp"
#include "gui/theme.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

struct WelcomeFrame {
  const Theme& theme;
  const Fonts& fonts;
  const Language& language;
};

void draw_welcome(const WelcomeFrame& frame, const std::vector<LessonEntry>& lessons,
                  const std::string& note, Intents& intents);

}  // namespace mailwalk::gui
