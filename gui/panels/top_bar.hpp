// The bar at the top: which lesson, language, text size, theme, presentation, help.
#pragma once

#include <cstddef>
#include <vector>

#include "gui/lesson_list.hpp"
#include "gui/open_run.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/button.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// What can be gone to from here.
struct OpenThings {
  const std::vector<LessonEntry>& lessons;
  const OpenRuns& runs;
  std::size_t shown;  // index into the runs
  Chosen live;        // whether the run is served on real TCP
};

void draw_top_bar(const UiFrame& frame, const Rect& place, const OpenThings& open,
                  Intents& intents);

}  // namespace mailwalk::gui
