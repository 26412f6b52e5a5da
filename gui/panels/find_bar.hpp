// The field in which a text is sought, and the way from one match to the next.
#pragma once

#include <array>
#include <optional>

#include "gui/row_finder.hpp"
#include "gui/ui_frame.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

class FindBar {
 public:
  // Opens it, or puts the cursor into it again.
  void open();
  // False: it was not open.
  bool close();
  [[nodiscard]] bool is_open() const { return open_; }
  [[nodiscard]] const RowFinder& finder() const { return finder_; }
  // There is more of the run to be looked at.
  [[nodiscard]] bool is_working() const { return open_ && finder_.is_working(); }
  // Whether a person types there now.
  [[nodiscard]] bool has_focus() const { return has_focus_; }

  // Looks on, a little in each frame. Gives the match to go to, once it is asked for and known.
  // `here` is where a person stands in the run.
  std::optional<RowId> work(const UiFrame& frame, RowId here);
  // One button high, into this place.
  void draw(const UiFrame& frame, const Rect& place);

 private:
  void draw_field(const UiFrame& frame, float width);
  [[nodiscard]] std::string count_text(const UiFrame& frame) const;

  RowFinder finder_;
  std::array<char, 256> typed_{};
  bool open_ = false;
  bool wants_focus_ = false;
  bool has_focus_ = false;
  std::optional<Direction> asked_;  // for the next match, and none is known yet
  RowId found_ = kNoRow;            // the last match that was gone to
};

}  // namespace mailwalk::gui
