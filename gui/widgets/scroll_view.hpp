// A window onto something higher than its place: how far down it stands, wheel and bar to move it,
// and following what is looked at. In doubles: a run of a million events is higher than a float
// can tell pixel by pixel.
#pragma once

#include "gui/ui_frame.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// In pixels from the top of the whole.
struct Stretch {
  double top = 0, bottom = 0;
};

class ScrollView {
 public:
  // Takes the wheel and draws the bar at the right edge of the place, if the whole is higher than
  // it. `wheel` is how far one notch goes, in pixels.
  void update(const UiFrame& frame, const Rect& place, double whole_px, double wheel_px);

  // Moves as little as it must, so that this can be seen.
  void show(const Stretch& wanted, double place_px, double whole_px);

  // So many pixels down; `update` keeps it within the whole.
  void move(double px) { offset_ += px; }

  // How far the top of the place is below the top of the whole.
  [[nodiscard]] double offset() const { return offset_; }

 private:
  void keep_inside(double place_px, double whole_px);
  void draw_bar(const UiFrame& frame, const Rect& place, double whole_px);

  double offset_ = 0;
};

}  // namespace mailwalk::gui
