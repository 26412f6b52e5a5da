// The bar at the top: which lesson, language, text size, theme, presentation, help.
#pragma once

#include <vector>

#include "gui/lesson_list.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

void draw_top_bar(const UiFrame& frame, const Rect& place, const std::vector<LessonEntry>& lessons,
                  Intents& intents);

}  // namespace mailwalk::gui
