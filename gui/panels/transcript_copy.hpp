// Rows of the transcript as text, as they are seen, for the clipboard.
#pragma once

#include <cstddef>
#include <string>

#include "gui/panels/transcript_rows.hpp"

namespace mailwalk::gui {

struct CopiedText {
  std::string text;
  std::size_t lines = 0;
};

// Entries [begin, end) of the stack, contents whole. Safe to put anywhere.
CopiedText copied_text(const UiFrame& frame, const RowStack& stack, std::size_t begin,
                       std::size_t end, EventSentences& sentences);

}  // namespace mailwalk::gui
