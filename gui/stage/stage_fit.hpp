// How a scene is set on a stage of some size: where its cards stand, in which type their names are,
// how large letters lie on them. It takes some reckoning, and does not change while things move.
#pragma once

#include <array>

#include "gui/stage/scene.hpp"
#include "gui/stage/stage_layout.hpp"
#include "gui/ui_frame.hpp"

namespace mailwalk::gui {

// Of a card's head, as this mode has it.
HeadStyle head_style(Mode mode, const Scene& scene);

// In which what stands on a card is set: legible from the last row where it is presented.
constexpr Face words_face(Mode mode) {
  return mode == Mode::Present ? Face::Body : Face::Small;
}

struct StageFit {
  StageLayout layout;
  Face title_face = Face::Title;  // of every machine's name
  // How large envelopes on shelves are, the same on all cards of a kind.
  std::array<float, kCardKinds> letter_scales{1, 1, 1, 1, 1};
};

StageFit fit_stage(const Scene& scene, const Rect& place, Mode mode, const Fonts& fonts);

}  // namespace mailwalk::gui
