// The rows of the transcript, drawn: what was said as C: and S: lines, what happened between them,
// where a session begins, and how long it was silent.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "gui/event_sentences.hpp"
#include "gui/row_letters.hpp"
#include "gui/row_stack.hpp"
#include "gui/transcript_lines.hpp"
#include "gui/ui_frame.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

enum class LineEndGlyphs : std::uint8_t { Hidden, Shown };
enum class SessionTags : std::uint8_t { Hidden, Shown };  // "#7" before each line

// Rows from one to another, both with it; kNoRow if none.
struct MarkedRows {
  RowId first = kNoRow, last = kNoRow;
  [[nodiscard]] bool contains(RowId row) const {
    return first != kNoRow && first <= row && row <= last;
  }
  friend bool operator==(const MarkedRows&, const MarkedRows&) = default;
};

struct TranscriptLook {
  Rect rows;
  double top_px = 0;  // of the first line, in pixels of the window
  float line_px = 1;
  LineEndGlyphs line_ends = LineEndGlyphs::Hidden;
  SessionTags tags = SessionTags::Hidden;
  MarkedRows marked;
  std::string sought;  // is marked wherever it stands; may be empty
  friend bool operator==(const TranscriptLook&, const TranscriptLook&) = default;
};

// Where what was said begins, in pixels from the left end of the rows.
float transcript_text_x(const UiFrame& frame, const TranscriptLook& look);

// Keeps the texts of the rows that it has drawn, so that a frame costs no more than drawing them.
class TranscriptRows {
 public:
  // Those entries [begin, end) of the stack.
  void draw(const UiFrame& frame, const TranscriptLook& look, const RowStack& stack,
            std::size_t begin, std::size_t end);
  // A row's lines, made safe to draw. Good until the next call.
  const std::vector<TranscriptLine>& lines(const UiFrame& frame, RowId row);
  EventSentences& sentences() { return sentences_; }
  RowLetters& letters() { return letters_; }

 private:
  static constexpr std::size_t kMostKept = 300;

  const Document* document_ = nullptr;
  exporting::Language language_ = exporting::Language::English;
  std::map<RowId, std::vector<TranscriptLine>> kept_;
  EventSentences sentences_;
  RowLetters letters_;
};

}  // namespace mailwalk::gui
