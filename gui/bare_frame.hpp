// What is given to things that are drawn whether a run is open or not.
#pragma once

#include "gui/fonts.hpp"
#include "gui/language.hpp"
#include "gui/settings.hpp"
#include "gui/theme.hpp"

namespace mailwalk::gui {

struct BareFrame {
  const Settings& settings;
  const Theme& theme;
  const Fonts& fonts;
  const Language& language;

  // As in UiFrame.
  [[nodiscard]] float em() const { return fonts.sizes().panel_px; }
  [[nodiscard]] ImFont* font(Face face) const { return fonts.panel(face); }
};

}  // namespace mailwalk::gui
