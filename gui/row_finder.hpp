// Finds a text in all that a run tells, a little in each frame, so that a window with a million
// events never stands still.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "export/text.hpp"
#include "gui/documents.hpp"
#include "gui/playback.hpp"
#include "gui/run_rows.hpp"

namespace mailwalk::gui {

class RowFinder {
 public:
  // Begins anew; an empty text is nowhere. What counts is what Timeline::find finds; of records of
  // TLS, the lines in which they are shown.
  void seek(std::string_view text);
  [[nodiscard]] const std::string& text() const { return text_; }

  // Looks at some more of the run, by its rows. Another document or language: begins anew.
  void work(const Document& document, const RunRows& rows, exporting::Language language);
  // There is more to be looked at.
  [[nodiscard]] bool is_working() const { return working_; }

  // In the order of the run, as far as they are known.
  [[nodiscard]] const std::vector<RowId>& matches() const { return matches_; }
  // The nearest one after or before a row, and around the end of the run; nullopt if there is none,
  // or none is known yet.
  [[nodiscard]] std::optional<RowId> nearest(RowId from, Direction direction) const;
  // Which of the matches a row is, from 1; 0 if it is none.
  [[nodiscard]] std::size_t rank(RowId row) const;

 private:
  std::string text_;
  const Document* document_ = nullptr;
  exporting::Language language_ = exporting::Language::English;
  std::uint32_t looked_at_ = 0;  // rows
  bool working_ = false;
  std::vector<RowId> matches_;
};

}  // namespace mailwalk::gui
