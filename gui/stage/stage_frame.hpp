// What each part of the stage is given to draw itself.
#pragma once

#include <algorithm>
#include <vector>

#include <imgui.h>

#include "gui/selection.hpp"
#include "gui/stage/scene.hpp"
#include "gui/stage/stage_fit.hpp"
#include "gui/ui_frame.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// A place that is told of when the mouse rests on it, and selected by a click. Later ones lie on
// top.
struct StageSpot {
  Rect rect;
  Selection what;
};

struct StageFrame {
  const UiFrame& ui;
  const StageFit& fit;
  const Scene& scene;
  ImDrawList& list;
  std::vector<StageSpot>& spots;

  [[nodiscard]] float em() const { return fit.layout.em; }
  [[nodiscard]] const Theme& theme() const { return ui.theme; }
  [[nodiscard]] ImFont* font(Face face) const { return ui.fonts.stage(face); }
  [[nodiscard]] Face words_face() const { return gui::words_face(ui.mode); }
  [[nodiscard]] const Language& language() const { return ui.language; }
  [[nodiscard]] float letter_scale(CardKind kind) const {
    return fit.letter_scales[static_cast<std::size_t>(kind)];
  }
  // The width of a line that is to be seen, in pixels.
  [[nodiscard]] float stroke() const { return std::max(1.0F, em() / 10); }
};

}  // namespace mailwalk::gui
