// What each part of the stage is given to draw itself.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include <imgui.h>

#include "gui/selection.hpp"
#include "gui/stage/scene.hpp"
#include "gui/stage/stage_layout.hpp"
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
  const StageLayout& layout;
  const Scene& scene;
  ImDrawList& list;
  std::vector<StageSpot>& spots;
  Face title_face = Face::Title;  // of every machine's name
  // How large envelopes on shelves are, the same on all cards of a kind.
  std::array<float, kCardKinds> letter_scales{1, 1, 1, 1, 1};

  [[nodiscard]] float em() const { return layout.em; }
  [[nodiscard]] const Theme& theme() const { return ui.theme; }
  [[nodiscard]] ImFont* font(Face face) const { return ui.fonts.stage(face); }
  // In which what stands on a card is set: legible from the last row where it is presented.
  [[nodiscard]] Face words_face() const {
    return ui.mode == Mode::Present ? Face::Body : Face::Small;
  }
  [[nodiscard]] const Language& language() const { return ui.language; }
  [[nodiscard]] float letter_scale(CardKind kind) const {
    return letter_scales[static_cast<std::size_t>(kind)];
  }
  // The width of a line that is to be seen, in pixels.
  [[nodiscard]] float stroke() const { return std::max(1.0F, em() / 10); }
};

}  // namespace mailwalk::gui
