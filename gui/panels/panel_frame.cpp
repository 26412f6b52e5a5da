#include "gui/panels/panel_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "gui/safe_text.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kLeastHeight = 3.5F;  // em: of the title and a line below it
constexpr float kScrollStep = 1.5F;   // how far a line is scrolled, in em

// The title's row: a click anywhere on it folds or unfolds. Returns its height.
float draw_title(const UiFrame& frame, std::string_view key, Folded folded, const Rect& place,
                 Intents& intents) {
  const float em = frame.em();
  const Rect row{place.x, place.y, place.w, std::min(em * 2.2F, place.h)};
  ImGui::SetCursorScreenPos(row.min());
  if (ImGui::InvisibleButton("title", {std::max(row.w, 1.0F), std::max(row.h, 1.0F)})) {
    const Folded other = folded == Folded::Yes ? Folded::No : Folded::Yes;
    intents.ask(intent::FoldPanel{std::string(key), other});
  }
  const Color color = ImGui::IsItemHovered() ? frame.theme.ink : frame.theme.muted;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = frame.font(Face::Strong);
  const float y = row.center().y - font->FontSize / 2;
  draw_text(list, font, {row.x + em * 0.9F, y}, color,
            folded == Folded::Yes ? icon::kRight : icon::kDown);
  const std::string title =
      fitted(frame.language.text(fmt::format("panel.{}", key)), font, row.w - em * 2.8F);
  draw_text(list, font, {row.x + em * 2.0F, y}, color, title);
  return row.h;
}

void scroll(const UiFrame& frame, Panel& panel, float page_px, PanelFocus& focus) {
  const double px = focus.scroll().take_px(frame.em() * kScrollStep, page_px);
  if (px == 0 || panel.scroll_by(px)) return;
  ImGui::SetScrollY(std::max(ImGui::GetScrollY() + static_cast<float>(px), 0.0F));
}

void draw_focus_ring(const UiFrame& frame, const Rect& place) {
  const float em = frame.em();
  ImGui::GetWindowDrawList()->AddRect(place.min(), place.max(), paint(frame.theme.ink), em * 0.6F,
                                      0, std::max(2.0F, em / 7));
}

}  // namespace

void draw_card(const UiFrame& frame, const Rect& place) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = frame.em() * 0.6F;
  list.AddRectFilled(place.min(), place.max(), paint(frame.theme.card), rounding);
  list.AddRect(place.min(), place.max(), paint(frame.theme.hairline), rounding, 0,
               std::max(1.0F, frame.em() / 16));
}

void draw_panel(const UiFrame& frame, Panel& panel, const Rect& place, PanelFocus& focus,
                Intents& intents) {
  const std::string key(panel.key());
  // Where there is room for the title alone, it looks as what it is.
  const bool has_room = place.h > frame.em() * kLeastHeight;
  const Folded folded = has_room ? panel_setting(frame.settings, key).folded : Folded::Yes;
  const bool has_focus = focus.panel() == key;
  ImGui::PushID(key.c_str());
  draw_card(frame, place);
  const float title = draw_title(frame, key, folded, place, intents);
  const float margin = frame.em() * 0.9F;
  const Rect inside{place.x + margin, place.y + title, place.w - 2 * margin,
                    place.h - title - margin * 0.6F};
  if (folded == Folded::No && inside.w > 1 && inside.h > 1) {
    ImGui::SetCursorScreenPos(inside.min());
    ImGui::BeginChild("content", {inside.w, inside.h}, false, ImGuiWindowFlags_NoBackground);
    if (has_focus) scroll(frame, panel, inside.h, focus);
    panel.draw(frame, intents);
    ImGui::EndChild();
    if (has_focus) draw_focus_ring(frame, place);
  }
  ImGui::PopID();
}

}  // namespace mailwalk::gui
