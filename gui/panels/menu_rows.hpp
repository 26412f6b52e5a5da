// Headings, titles and chips, one below the other: what a menu is set in. Drawn, or only measured.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gui/ui_frame.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

enum class Setting : std::uint8_t { Measured, Drawn };

class MenuRows {
 public:
  // From the top of this place down, as wide as it is, in the current ImGui window.
  MenuRows(const UiFrame& frame, const Rect& place, Setting setting);

  [[nodiscard]] const UiFrame& frame() const { return frame_; }
  // How far down it goes by now, in pixels.
  [[nodiscard]] float height() const { return y_ - place_.y; }

  void heading(std::string_view text);
  // Over the chips of a row.
  void title(const std::string& text);
  // The next place in the row, at most so wide, or in a line of its own where there is no room.
  Rect place_in_row(float width_px);
  void end_row();

  enum class Lit : std::uint8_t { No, Yes };
  struct Chip {
    Rect rect;
    bool clicked = false;
  };
  // A label that can be chosen, at the next place in the row.
  Chip chip(const std::string& label, Face face, Lit lit);

 private:
  const UiFrame& frame_;
  Rect place_;
  Setting setting_;
  float x_, y_;
};

}  // namespace mailwalk::gui
