// Every event of the run as a tick on one line: click or drag to go there.
#pragma once

#include <cstdint>
#include <vector>

#include "gui/tick_histogram.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/kept_drawing.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// What stands in one column of pixels: one event, or several when there are more than pixels. The
// protocol that most of them are of gives it its colour, the kind that matters most stands above.
struct TickColumn {
  float x = 0;  // from the scrubber's left end
  Tick kind = Tick::Quiet;
  Tick spoken = Tick::Quiet;  // Smtp, Pop3 or Names; Quiet if nothing was said
  std::uint32_t events = 0;
};

// At most one column for every three pixels; columns in which nothing lies are left out.
std::vector<TickColumn> tick_columns(const TickHistogram& ticks, float width_px);

// The x of a position on a scrubber of that width, and the position at an x.
float scrubber_x(std::uint64_t position, std::uint64_t events, float width_px);
std::uint64_t scrubber_position(float x, std::uint64_t events, float width_px);

class Scrubber {
 public:
  void draw(const UiFrame& frame, const Rect& place, Intents& intents);

 private:
  // Made anew only when the run has grown or the width has changed.
  const Document* document_ = nullptr;
  std::uint64_t events_ = 0;
  float width_px_ = 0;
  std::vector<TickColumn> columns_;
  KeptDrawing<Rect> kept_;
};

}  // namespace mailwalk::gui
