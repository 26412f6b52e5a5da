// The ladder: one lifeline for each machine, and an arrow for all that is said between them.
#pragma once

#include <cstdint>

#include "gui/panels/ladder_rows.hpp"
#include "gui/panels/panel.hpp"
#include "gui/widgets/kept_drawing.hpp"
#include "gui/widgets/scroll_view.hpp"

namespace mailwalk::gui {

// What has not been seen yet is not there; what has been, and lies after the position, is faint.
class Ladder : public Panel {
 public:
  [[nodiscard]] std::string_view key() const override { return "ladder"; }
  [[nodiscard]] Dock dock() const override { return Dock::Bottom; }
  void draw(const UiFrame& frame, Intents& intents) override;
  bool scroll_by(double px) override {
    scroll_.move(px);
    return true;
  }

 private:
  void follow(const UiFrame& frame, float place_px);
  void show_rows(const UiFrame& frame, RowRange rows, float place_px);
  void show_selected(const UiFrame& frame, float place_px);

  // What the rows are drawn from beside the view.
  struct Drawn {
    Rect rows, gutter;
    double top_px = 0;
    float unit_px = 0;
    friend bool operator==(const Drawn&, const Drawn&) = default;
  };

  ScrollView scroll_;
  KeptDrawing<Drawn> kept_;
  LadderTexts texts_;
  Selection seen_selection_;            // what is selected anywhere comes into sight
  std::uint64_t followed_version_ = 0;  // of the view
  float followed_unit_px_ = 0;
};

}  // namespace mailwalk::gui
