// Text and shapes one below the other, as wide as the current ImGui window: how a panel is set.
#pragma once

#include <string_view>

#include "gui/ui_frame.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// Goes on where the ImGui cursor stands, and leaves it below what was drawn.
class Flow {
 public:
  // Until its end, ImGui puts no space of its own between things.
  explicit Flow(const UiFrame& frame);
  ~Flow();
  Flow(const Flow&) = delete;
  Flow& operator=(const Flow&) = delete;

  [[nodiscard]] const UiFrame& frame() const { return frame_; }
  [[nodiscard]] ImDrawList& list() const { return *ImGui::GetWindowDrawList(); }
  [[nodiscard]] float em() const { return frame_.em(); }
  [[nodiscard]] float width() const;
  // Where the next thing will stand.
  [[nodiscard]] ImVec2 cursor() const { return ImGui::GetCursorScreenPos(); }

  void gap(float ems);
  // So much room over the whole width; what is in it is drawn by the caller.
  Rect take(float height_px);
  // Words in as many lines as they need, at most so many. Safe text only.
  void paragraph(Face face, Color color, std::string_view text, int most_lines = 1'000);
  // A small title over what follows.
  void heading(std::string_view text);

 private:
  const UiFrame& frame_;
};

// The height of a line of this face, with the space to the next one.
float line_height(const UiFrame& frame, Face face);

// A click anywhere in the rectangle, which must have been taken from a flow. The cursor of ImGui is
// left where it was.
struct Clicked {
  bool hovered = false;
  bool clicked = false;
};
Clicked click_area(const char* id, const Rect& rect);

}  // namespace mailwalk::gui
