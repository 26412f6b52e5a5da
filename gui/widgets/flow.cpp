#include "gui/widgets/flow.hpp"

#include <algorithm>
#include <cmath>

namespace mailwalk::gui {

Flow::Flow(const UiFrame& frame) : frame_(frame) {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
}
Flow::~Flow() {
  ImGui::PopStyleVar();
}

float Flow::width() const {
  return std::max(ImGui::GetContentRegionAvail().x, 1.0F);
}

void Flow::gap(float ems) {
  ImGui::Dummy({1, std::max(ems * em(), 0.0F)});
}

Rect Flow::take(float height_px) {
  const ImVec2 at = cursor();
  const Rect rect{at.x, at.y, width(), std::max(height_px, 1.0F)};
  ImGui::Dummy({rect.w, rect.h});
  return rect;
}

void Flow::paragraph(Face face, Color color, std::string_view text, int most_lines) {
  if (text.empty()) return;
  const float height =
      draw_paragraph(list(), frame_.font(face), cursor(), width(), color, text, most_lines);
  take(height);
}

void Flow::heading(std::string_view text) {
  if (text.empty()) return;
  paragraph(Face::Strong, frame_.theme.muted, text, 2);
}

float line_height(const UiFrame& frame, Face face) {
  return std::round(frame.font(face)->FontSize * 1.35F);
}

Clicked click_area(const char* id, const Rect& rect) {
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(rect.min());
  Clicked state;
  state.clicked = ImGui::InvisibleButton(id, {std::max(rect.w, 1.0F), std::max(rect.h, 1.0F)});
  state.hovered = ImGui::IsItemHovered();
  ImGui::SetCursorScreenPos(cursor);
  return state;
}

}  // namespace mailwalk::gui
