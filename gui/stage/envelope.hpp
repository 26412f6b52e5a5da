// A letter as it is drawn wherever it lies or travels: an envelope with its name on it.
#pragma once

#include <cstdint>

#include "gui/stage/stage_frame.hpp"

namespace mailwalk::gui {

enum class Marked : std::uint8_t { No, Yes };  // it is what is selected

struct EnvelopeLook {
  std::uint32_t number = 0;
  LetterShape shape = LetterShape::Closed;
  Marked marked = Marked::No;
};

// Its size on a shelf, in em.
inline constexpr float kEnvelopeWidth = 2.0F;
inline constexpr float kEnvelopeHeight = 1.45F;
inline constexpr float kLetterGap = 0.3F;  // between two of them

void draw_envelope(const StageFrame& frame, const Rect& rect, EnvelopeLook look);

}  // namespace mailwalk::gui
