// A run as it is told to somebody: where a step stops, what is told row by row, and where rows
// stand. Who knows all is told what was said; who reads along on the lines, what went over them.
#pragma once

#include <vector>

#include "gui/ladder_index.hpp"
#include "gui/line_tap.hpp"
#include "gui/run_rows.hpp"
#include "gui/told_events.hpp"
#include "gui/transcript_index.hpp"
#include "journal/journal.hpp"

namespace mailwalk::gui {

class Telling {
 public:
  // REQUIRES that this is the event after the last one that was added, and in that journal. For who
  // knows all, the glimpse is none.
  void add(const journal::Journal& journal, const journal::Event& event, const Glimpse& glimpse);

  [[nodiscard]] const ToldEvents& told() const { return told_; }
  [[nodiscard]] const RunRows& rows() const { return rows_; }
  [[nodiscard]] const LadderIndex& ladder() const { return ladder_; }
  [[nodiscard]] const TranscriptIndex& transcript() const { return transcript_; }
  // Something was said in that event, and it is not told to somebody like this.
  [[nodiscard]] bool hides(EventPosition event) const;

 private:
  ToldEvents told_;
  RunRows rows_;
  LadderIndex ladder_;
  TranscriptIndex transcript_;
  std::vector<EventPosition> hidden_;
};

}  // namespace mailwalk::gui
