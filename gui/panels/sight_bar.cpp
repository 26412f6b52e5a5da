#include "gui/panels/sight_bar.hpp"

#include <algorithm>
#include <string>

#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {

void draw_sight_bar(const UiFrame& frame, const Rect& place, Intents& intents) {
  if (place.h <= 0) return;
  const float em = frame.em();
  const Hue& hue = frame.theme.tls;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGui::PushID("sight");
  list.AddRectFilled(place.min(), place.max(), paint(hue.soft), em * 0.5F);
  list.AddRect(place.min(), place.max(), paint(hue.line), em * 0.5F, 0, std::max(1.0F, em / 12));
  float end = place.right();
  if (frame.mode == Mode::Work) {
    const std::string_view back = frame.language.text("line.back");
    end -= em * 0.4F + button_width(frame, back);
    ImGui::SetCursorScreenPos({end, place.center().y - button_height(frame) / 2});
    if (button(frame, "back", back, {})) intents.ask(intent::ToggleSight{});
    tooltip(frame, frame.language.text("keys.sight"));
  }
  ImFont* font = frame.font(Face::Strong);
  const float x = place.x + em * 0.8F;
  const std::string text =
      std::string(icon::kEye) + "  " + std::string(frame.language.text("line.banner"));
  draw_text(list, font, {x, place.center().y - font->FontSize / 2}, hue.text,
            fitted(text, font, std::max(end - x - em * 0.5F, 1.0F)));
  ImGui::PopID();
}

}  // namespace mailwalk::gui
