#include "gui/panels/caption.hpp"

#include <string>

#include "gui/safe_text.hpp"

namespace mailwalk::gui {

void draw_caption(const UiFrame& frame, const Rect& place) {
  const journal::Event* event = frame.event();
  const bool is_fault = event != nullptr && tick_of(*event) == Tick::Fault;
  const Color color = is_fault ? frame.theme.fault.text : frame.theme.ink;
  ImFont* font = frame.font(Face::Strong);
  const float margin = frame.em() * 0.9F;
  const std::string text = fitted(frame.caption, font, place.w - 2 * margin);
  draw_text(*ImGui::GetWindowDrawList(), font,
            {place.x + margin, place.center().y - font->FontSize / 2}, color, text);
}

}  // namespace mailwalk::gui
