#include "gui/panels/live_bar.hpp"

#include <algorithm>
#include <string>

#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

std::string live_words(const Language& language, const LiveStatus& status) {
  if (status.phase == Live::Phase::SayingGoodBye) return std::string(language.text("live.ending"));
  if (status.following == Following::Newest) return std::string(language.text("live.following"));
  return language.format("live.looking_back", status.news);
}

// Buttons from the right end; gives where they begin.
float draw_live_buttons(const UiFrame& frame, const Rect& place, const LiveStatus& status,
                        Intents& intents) {
  float x = place.right();
  const auto add = [&](const char* id, std::string_view label, const char* help, ButtonLook look) {
    x -= button_width(frame, label);
    ImGui::SetCursorScreenPos({x, place.center().y - button_height(frame) / 2});
    const bool clicked = button(frame, id, label, look);
    tooltip(frame, frame.language.text(help));
    x -= frame.em() * 0.3F;
    return clicked;
  };
  if (add("end", frame.language.text("live.end"), "keys.live", {})) {
    intents.ask(intent::ToggleLive{});
  }
  if (add("call", frame.language.text("live.call"), "keys.call_page", {})) {
    intents.ask(intent::ToggleCallPage{});
  }
  if (status.following == Following::Person &&
      add("newest", frame.language.text("live.newest"), "live.newest_help",
          {.emphasis = Emphasis::Primary})) {
    intents.ask(intent::JumpToEnd{});
  }
  return x;
}

}  // namespace

Following following_after(const Intent& intent, Following before) {
  if (std::holds_alternative<intent::JumpToEnd>(intent)) return Following::Newest;
  const auto* step = std::get_if<intent::Step>(&intent);
  const bool goes_back = step != nullptr && step->direction == Direction::Back;
  const bool goes_elsewhere = std::holds_alternative<intent::JumpTo>(intent) ||
                              std::holds_alternative<intent::JumpToStart>(intent) ||
                              std::holds_alternative<intent::TogglePlay>(intent);
  return goes_back || goes_elsewhere ? Following::Person : before;
}

void draw_live_bar(const UiFrame& frame, const Rect& place, const LiveStatus& status,
                   Intents& intents) {
  if (place.h <= 0) return;
  const float em = frame.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool follows = status.following == Following::Newest;
  ImGui::PushID("live");
  list.AddRectFilled(place.min(), place.max(), paint(frame.theme.card), em * 0.5F);
  list.AddRect(place.min(), place.max(),
               paint(follows ? frame.theme.fault.line : frame.theme.hairline), em * 0.5F, 0,
               std::max(1.0F, em / 12));
  const float end =
      draw_live_buttons(frame, {place.x, place.y, place.w - em * 0.4F, place.h}, status, intents);
  // A full disc while it follows, a ring while somebody looks back: seen without colours too.
  const ImVec2 dot(place.x + em * 1.1F, place.center().y);
  if (follows) {
    list.AddCircleFilled(dot, em * 0.38F, paint(frame.theme.fault.line));
  } else {
    list.AddCircle(dot, em * 0.34F, paint(frame.theme.fault.line), 0, std::max(1.5F, em / 8));
  }
  ImFont* font = frame.font(Face::Strong);
  const float x = dot.x + em * 0.9F;
  draw_text(list, font, {x, place.center().y - font->FontSize / 2}, frame.theme.ink,
            fitted(live_words(frame.language, status), font, std::max(end - x, 1.0F)));
  ImGui::PopID();
}

}  // namespace mailwalk::gui
