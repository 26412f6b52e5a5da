#include "gui/panels/transcript_copy.hpp"

#include <fmt/format.h>

#include "export/printable.hpp"
#include "gui/row_words.hpp"

namespace mailwalk::gui {

CopiedText copied_text(const UiFrame& frame, const RowStack& stack, std::size_t begin,
                       std::size_t end, EventSentences& sentences) {
  CopiedText copied;
  const auto add = [&](const std::string& line) {
    if (copied.text.size() + line.size() >= kMostCopiedOctets) {
      copied.extent = intent::Extent::Beginning;
      return;
    }
    copied.text += line + "\n";
    ++copied.lines;
  };
  const RunRows& rows = frame.telling().rows();
  const journal::Journal& journal = frame.document.journal();
  exporting::TextOptions whole;
  whole.language = frame.language.which();
  whole.contents = exporting::Contents::Whole;
  for (std::size_t i = begin; i < end && copied.extent == intent::Extent::Whole; ++i) {
    const RowId id = stack.row(i);
    const Row& row = rows[id];
    const std::string time = clock_text(frame.view.calendar, journal[row.at].time);
    if (row.kind == RowKind::Call) {
      add(fmt::format("── {}", session_title(frame, row.connection)));
    } else if (!is_said(row.kind)) {
      add(fmt::format("{}       * {}", time, sentences.of(frame, row.at)));
    }
    for (const TranscriptLine& line : lines_of(journal, rows, id, whole)) {
      if (copied.extent == intent::Extent::Beginning) break;
      add(fmt::format("{}  {}: {}", time, row.side == journal::Side::Server ? 'S' : 'C',
                      exporting::printable(line.text)));
    }
  }
  return copied;
}

}  // namespace mailwalk::gui
