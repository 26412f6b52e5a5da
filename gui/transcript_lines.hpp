// The lines in which a row stands in the transcript.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "export/text.hpp"
#include "gui/run_rows.hpp"
#include "journal/journal.hpp"

namespace mailwalk::gui {

enum class LineEnd : std::uint8_t { None, CrLf };  // None: words of ours, not from the wire

struct TranscriptLine {
  std::string text;  // as it was said; not yet safe to draw
  LineEnd end = LineEnd::None;
  std::size_t left_out = 0;  // instead of a text: so many lines are not shown here
};

// Of a longer content the first and the last lines are shown.
inline constexpr std::size_t kLinesShownWhole = 40;
inline constexpr std::size_t kLinesAtEachEnd = 15;

// Whether the row is told by what was said in it, or went over the line; else by a sentence of one
// line.
bool is_said(RowKind kind);

// REQUIRES that these are a row of that journal. Looks at the beginning of a long content only.
std::uint32_t count_lines(const journal::Journal& journal, const RunRows& rows, RowId row);

// The same lines; none if the row is not said. Contents as they go over the wire: dots stuffed, and
// the lone dot at the end; whole only if that is asked for. Of the options, language and contents
// count.
std::vector<TranscriptLine> lines_of(const journal::Journal& journal, const RunRows& rows,
                                     RowId row, const exporting::TextOptions& options = {});

}  // namespace mailwalk::gui
