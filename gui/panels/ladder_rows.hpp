// The rows of the ladder, drawn: arrows, notes on lifelines, pauses, and brackets around sessions.
#pragma once

#include <cstddef>

#include "gui/event_sentences.hpp"
#include "gui/panels/lifelines.hpp"
#include "gui/row_letters.hpp"
#include "gui/run_rows.hpp"
#include "gui/ui_frame.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// Where rows stand: `top_px` is the top of the first unit, in pixels of the window.
struct LadderPlace {
  const Lifelines& lifelines;
  Rect rows;    // where arrows are drawn
  Rect gutter;  // where brackets are
  double top_px = 0;
  float unit_px = 1;

  [[nodiscard]] float y_of(std::uint64_t units) const {
    return static_cast<float>(top_px + static_cast<double>(units) * static_cast<double>(unit_px));
  }
};

// Rows [begin, end) of the run.
struct RowRange {
  std::uint32_t begin = 0, end = 0;
};

// What is looked up for the rows that are drawn, and kept.
struct LadderTexts {
  EventSentences sentences;
  RowLetters letters;
};

void draw_ladder_rows(const UiFrame& frame, const LadderPlace& place, RowRange shown,
                      LadderTexts& texts);
// `begun`: so many rows have begun at the position.
void draw_brackets(const UiFrame& frame, const LadderPlace& place, RowRange shown,
                   std::uint32_t begun);

// How far a message is on its arrow: 0 not sent, 1 arrived. Between two positions it moves.
float progress_of(const Playback& playback, const Row& row);

// How much an arrow falls, by the time that its message takes: 0 to 1.
float slant_of(Duration duration);

}  // namespace mailwalk::gui
