// The lifelines of the ladder: one for each machine, in the order in which the stage has them.
#pragma once

#include <string>
#include <vector>

#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

struct Lifeline {
  NodeId machine;
  std::string name;  // safe to draw
  float x = 0;       // in pixels of the window
};

class Lifelines {
 public:
  // Side by side over the width of the place.
  Lifelines(const UiFrame& frame, const Rect& place);

  [[nodiscard]] const std::vector<Lifeline>& all() const { return lines_; }
  // Where a machine's line is; at the right edge for one that has none.
  [[nodiscard]] float x_of(NodeId machine) const;

  // The height that the names take above the lines, in pixels.
  [[nodiscard]] float head_height(const UiFrame& frame) const;
  void draw_heads(const UiFrame& frame, const Rect& place, Intents& intents) const;
  void draw_lines(const UiFrame& frame, const Rect& place) const;

 private:
  // Where there is little room, names stand by turns in several lines, so that each has the width
  // of several lifelines.
  struct Heads {
    Face face;
    std::size_t lines;
  };
  [[nodiscard]] Heads heads(const UiFrame& frame) const;
  [[nodiscard]] bool has_room(const UiFrame& frame, Heads heads) const;
  [[nodiscard]] float room_of_name(const UiFrame& frame, Heads heads) const;

  std::vector<Lifeline> lines_;
  float step_ = 0;  // from one line to the next
  float right_ = 0;
};

}  // namespace mailwalk::gui
