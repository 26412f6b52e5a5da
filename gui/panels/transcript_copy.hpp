// Rows of the transcript as text, as they are seen, for the clipboard.
#pragma once

#include <cstddef>
#include <string>

#include "gui/panels/transcript_rows.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

// More than this nobody pastes, and it would keep the window waiting: the transcript as a file has
// all of it.
inline constexpr std::size_t kMostCopiedOctets = 2'000'000;

struct CopiedText {
  std::string text;
  std::size_t lines = 0;
  intent::Extent extent = intent::Extent::Whole;
};

// Entries [begin, end) of the stack, contents whole, up to the most that is copied. Safe to put
// anywhere.
CopiedText copied_text(const UiFrame& frame, const RowStack& stack, std::size_t begin,
                       std::size_t end, EventSentences& sentences);

}  // namespace mailwalk::gui
