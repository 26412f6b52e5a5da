#include "gui/panels/caption.hpp"

#include "gui/safe_text.hpp"

namespace mailwalk::gui {

void draw_caption(const UiFrame& frame, const Rect& place) {
  const journal::Event* event = frame.event();
  const bool is_fault = event != nullptr && tick_of(*event) == Tick::Fault;
  const Color color = is_fault ? frame.theme.fault.text : frame.theme.ink;
  const float margin = frame.em() * 0.9F;
  const float width = place.w - 2 * margin;
  ImFont* font = frame.font(Face::Strong);
  const int lines = text_size(frame.caption, font).x <= width ? 1 : 2;
  // Rather smaller than cut.
  if (lines == 2 && paragraph_height(font, lines) > place.h) font = frame.font(Face::Small);
  draw_paragraph(*ImGui::GetWindowDrawList(), font,
                 {place.x + margin, place.center().y - paragraph_height(font, lines) / 2}, width,
                 color, frame.caption, lines);
}

}  // namespace mailwalk::gui
