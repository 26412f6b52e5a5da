#include "gui/widgets/button.hpp"

#include <algorithm>

#include "gui/safe_text.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {
namespace {

struct ButtonColors {
  Color ground, text;
  float ground_opacity;
};

ButtonColors colors_of(const Theme& theme, ButtonLook look, bool hovered) {
  if (look.emphasis == Emphasis::Primary) return {theme.ink, theme.paper, hovered ? 0.85F : 1.0F};
  if (look.chosen == Chosen::Yes) return {theme.smtp.soft, theme.smtp.text, 1};
  if (look.emphasis == Emphasis::Normal) return {theme.well, theme.ink, hovered ? 0.6F : 1.0F};
  return {theme.well, theme.ink, hovered ? 1.0F : 0.0F};
}

}  // namespace

float button_height(const UiFrame& frame) {
  return frame.em() * 2;
}

float button_width(const UiFrame& frame, std::string_view label) {
  return text_size(label, frame.font(Face::Strong)).x + frame.em() * 1.3F;
}

bool button(const UiFrame& frame, const char* id, std::string_view label, ButtonLook look) {
  const float width = look.width_px > 0 ? look.width_px : button_width(frame, label);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect rect{at.x, at.y, std::max(width, 1.0F), button_height(frame)};
  const bool clicked = ImGui::InvisibleButton(id, {rect.w, rect.h});
  const ButtonColors colors = colors_of(frame.theme, look, ImGui::IsItemHovered());
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(rect.min(), rect.max(), paint(colors.ground, colors.ground_opacity),
                     frame.em() * 0.4F);
  ImFont* font = frame.font(Face::Strong);
  draw_text(list, font, {rect.center().x, rect.center().y - font->FontSize / 2}, colors.text,
            fitted(label, font, rect.w), Align::Center);
  return clicked;
}

void hang_popup_below(const UiFrame& frame, float width_px) {
  const float right = ImGui::GetIO().DisplaySize.x - frame.em() * 0.5F;
  const float x = std::min(ImGui::GetItemRectMin().x, right - width_px);
  ImGui::SetNextWindowPos({std::max(x, frame.em() * 0.5F), ImGui::GetItemRectMax().y});
}

void tooltip(const UiFrame& frame, std::string_view text) {
  if (frame.tips == Tips::Hidden || !ImGui::IsItemHovered() || text.empty()) return;
  ImGui::BeginTooltip();
  ImGui::PushFont(frame.font(Face::Body));
  ImGui::PushTextWrapPos(frame.em() * 24);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
  ImGui::PopFont();
  ImGui::EndTooltip();
}

}  // namespace mailwalk::gui
