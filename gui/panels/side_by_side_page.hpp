// The window while two runs stand side by side: a stage for each, one transport for both, and what
// differs in figures. Presented, the figures go: the stages are what is compared.
#pragma once

#include <cstddef>
#include <utility>

#include "gui/fonts.hpp"
#include "gui/language.hpp"
#include "gui/settings.hpp"
#include "gui/side_by_side.hpp"
#include "gui/theme.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

struct SideBySideFrame {
  SideBySide& sides;
  const Settings& settings;
  const Theme& theme;
  const Fonts& fonts;
  const Language& language;
  Mode mode;
};

// The window that it fills; em in pixels, as all of it.
struct SideBySidePlace {
  float width, height, em;
  Mode mode;
  std::size_t rows;  // of figures
};
// Where the two stages lie in it.
std::pair<Rect, Rect> side_by_side_stages(const SideBySidePlace& page);

void draw_side_by_side(const SideBySideFrame& frame, Intents& intents);

}  // namespace mailwalk::gui
