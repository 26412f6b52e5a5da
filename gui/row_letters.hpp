// Which letter a row of the run is about: the mail that is offered or fetched in it, or that is
// marked, kept or lost by it.
#pragma once

#include <map>

#include "gui/documents.hpp"
#include "gui/run_rows.hpp"
#include "gui/selection.hpp"
#include "journal/letter.hpp"

namespace mailwalk::gui {

// Found out when it is asked for, and kept: the views around a row far back have to be folded
// first. Rows that stand together are cheap.
class RowLetters {
 public:
  // kNoLetter if it is about none. REQUIRES rows of that document, always the same.
  journal::LetterId of(const Document& document, const RunRows& rows, RowId row);

 private:
  // Far more than a screen shows; when they are full, they are found again as they are needed.
  static constexpr std::size_t kMostKept = 2'000;

  const Document* document_ = nullptr;
  std::map<RowId, journal::LetterId> kept_;
};

// Whether a row is to be marked because of what is selected: itself or an event that is told in it,
// the letter that it is about, or the line on which it goes.
bool touches_row(const Selection& selection, const Document& document, const RunRows& rows,
                 RowLetters& letters, RowId row);

}  // namespace mailwalk::gui
