#include "gui/panels/what_if_menu.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kWidth = 38;  // in em
constexpr float kMenuMargin = 1.0F;
constexpr float kChip = 1.9F;
constexpr float kMenuGap = 0.4F;
constexpr float kOwnWidth = 13;

ImFont* font_of(const UiFrame& frame, const WhatIfChoice& choice) {
  return frame.font(choice.is_wire ? Face::Mono : Face::Body);
}

float chip_width(const UiFrame& frame, const WhatIfChoice& choice, float most) {
  return std::min(text_size(choice.label, font_of(frame, choice)).x + frame.em() * 1.4F, most);
}

// True: it was clicked.
bool draw_chip(const UiFrame& frame, const Rect& rect, const WhatIfChoice& choice,
               bool highlighted) {
  ImGui::SetCursorScreenPos(rect.min());
  const bool clicked = ImGui::InvisibleButton("chip", {rect.w, rect.h});
  const bool lit = highlighted || ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = frame.em() * 0.4F;
  list.AddRectFilled(rect.min(), rect.max(), paint(lit ? frame.theme.ink : frame.theme.well),
                     rounding);
  ImFont* font = font_of(frame, choice);
  draw_text(list, font, {rect.center().x, rect.center().y - font->FontSize / 2},
            lit ? frame.theme.paper : frame.theme.ink,
            fitted(choice.label, font, rect.w - frame.em() * 0.8F), Align::Center);
  return clicked;
}

}  // namespace

void WhatIfMenu::open(WhatIf choices, Selection about, std::size_t run, float x, float y) {
  choices_ = std::move(choices);
  about_ = std::move(about);
  run_ = run;
  open_ = choices_.count() > 0;
  highlight(0);
  x_ = x;
  y_ = y;
  own_answer_.fill(0);
  own_command_.fill(0);
}

void WhatIfMenu::close() {
  open_ = false;
}

void WhatIfMenu::choose(const world::Change& change, Intents& intents) {
  intents.ask(intent::MakeFork{run_, choices_.position, change});
  close();
}

// The choice that the keys have come to comes into sight.
void WhatIfMenu::highlight(std::size_t choice) {
  highlighted_ = choice;
  to_show_ = true;
}

// To the first choice of the row above or below.
void WhatIfMenu::move_rows(int by) {
  std::size_t first = 0;
  std::vector<std::size_t> starts;
  std::size_t row = 0;
  for (const WhatIfRow& it : choices_.rows) {
    if (highlighted_ >= first) row = starts.size();
    starts.push_back(first);
    first += it.choices.size();
  }
  const auto last = static_cast<int>(starts.size()) - 1;
  const int to = std::clamp(static_cast<int>(row) + by, 0, last);
  highlight(starts[static_cast<std::size_t>(to)]);
}

bool WhatIfMenu::press(const KeyStroke& stroke, Intents& intents) {
  if (!open_) return false;
  switch (stroke.key) {
    case Key::Up: move_rows(-1); return true;
    case Key::Down: move_rows(1); return true;
    case Key::Left: highlight(highlighted_ - (highlighted_ > 0 ? 1 : 0)); return true;
    case Key::Right: highlight(std::min(highlighted_ + 1, choices_.count() - 1)); return true;
    case Key::Enter: choose(choices_.choice(highlighted_).possible.change, intents); return true;
    default: return false;
  }
}

void WhatIfMenu::draw_own_words(const UiFrame& frame, const Rect& place, const WhatIfRow& row,
                                Intents& intents) {
  const bool answer = row.own == OwnWords::Answer;
  auto& words = answer ? own_answer_ : own_command_;
  const std::string hint(
      frame.language.text(answer ? "what_if.own_answer" : "what_if.own_command"));
  ImGui::SetCursorScreenPos(place.min());
  ImGui::SetNextItemWidth(place.w);
  ImGui::PushFont(frame.font(Face::Mono));
  const float padding = std::max(0.0F, (place.h - frame.font(Face::Mono)->FontSize) / 2);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(frame.em() * 0.5F, padding));
  const bool entered = ImGui::InputTextWithHint("##own", hint.c_str(), words.data(), words.size(),
                                                ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopStyleVar();
  ImGui::PopFont();
  if (!entered) return;
  const auto change = with_own_words(row.choices.front().possible.change, words.data());
  if (change) choose(*change, intents);
}

// Puts the rows into lines, draws them unless `intents` is null, and gives their height.
float WhatIfMenu::layout(const UiFrame& frame, const Rect& inside, Intents* intents) {
  const float em = frame.em();
  ImFont* strong = frame.font(Face::Strong);
  float y = inside.y;
  std::size_t index = 0;
  for (std::size_t r = 0; open_ && r < choices_.rows.size(); ++r) {
    const WhatIfRow row = choices_.rows[r];  // a choice may close the menu
    ImGui::PushID(static_cast<int>(r));
    if (intents != nullptr) {
      draw_text(*ImGui::GetWindowDrawList(), strong, {inside.x, y}, frame.theme.muted,
                fitted(title_for(row, frame.telling()), strong, inside.w));
    }
    y += em * 1.5F;
    float x = inside.x;
    const auto place = [&](float width) {
      if (x > inside.x && x + width > inside.right()) {
        x = inside.x;
        y += em * (kChip + kMenuGap);
      }
      const Rect rect{x, y, width, em * kChip};
      x += width + em * kMenuGap;
      return rect;
    };
    for (const WhatIfChoice& choice : row.choices) {
      const Rect rect = place(chip_width(frame, choice, inside.w));
      ImGui::PushID(static_cast<int>(index));
      if (intents != nullptr && draw_chip(frame, rect, choice, index == highlighted_)) {
        choose(choice.possible.change, *intents);
      }
      if (intents != nullptr && index == highlighted_) show_highlighted(rect);
      ImGui::PopID();
      ++index;
    }
    if (row.own != OwnWords::None) {
      const Rect rect = place(std::min(em * kOwnWidth, inside.w));
      if (intents != nullptr && open_) draw_own_words(frame, rect, row, *intents);
    }
    y += em * (kChip + 0.7F);
    ImGui::PopID();
  }
  return y - inside.y;
}

void WhatIfMenu::show_highlighted(const Rect& rect) {
  highlighted_place_ = rect;
  if (!std::exchange(to_show_, false)) return;
  const float top = ImGui::GetWindowPos().y;
  if (rect.y < top || rect.bottom() > top + ImGui::GetWindowHeight()) ImGui::SetScrollHereY();
}

// All choices; where there is no room for them, they scroll.
void WhatIfMenu::draw_rows(const UiFrame& frame, const Rect& inside, Intents& intents) {
  ImGui::SetCursorScreenPos(inside.min());
  ImGui::BeginChild("rows", {inside.w, inside.h}, false, ImGuiWindowFlags_NoBackground);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect rows{at.x, at.y, ImGui::GetContentRegionAvail().x, 0};
  const float height = layout(frame, rows, &intents);
  ImGui::SetCursorScreenPos(rows.min());
  ImGui::Dummy({1, height});
  ImGui::EndChild();
}

void WhatIfMenu::draw(const UiFrame& frame, Intents& intents) {
  if (!open_) return;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float em = frame.em();
  const float width = std::min(em * kWidth, screen.x - em);
  const float head = em * 2.3F;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(screen);
  ImGui::Begin("###what_if", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove);
  const float height = std::min(
      layout(frame, {0, 0, width - 2 * em * kMenuMargin, 0}, nullptr) + head + em * kMenuMargin,
      screen.y - em);
  const bool nowhere = x_ < 0 || y_ < 0;
  const Rect card{
      std::clamp(nowhere ? (screen.x - width) / 2 : x_, em / 2, screen.x - width - em / 2),
      std::clamp(nowhere ? (screen.y - height) / 2 : y_, em / 2, screen.y - height - em / 2), width,
      height};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({0, 0}, screen, paint(frame.theme.ink, 0.18F));
  list.AddRectFilled(card.min(), card.max(), paint(frame.theme.card), em * 0.6F);
  list.AddRect(card.min(), card.max(), paint(frame.theme.muted), em * 0.6F, 0, em / 12);
  draw_text(list, frame.font(Face::Title), {card.x + em * kMenuMargin, card.y + em * 0.6F},
            frame.theme.ink, frame.language.text("what_if.title"));
  const bool clicked_outside =
      ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !card.contains(ImGui::GetIO().MousePos);
  draw_rows(frame,
            {card.x + em * kMenuMargin, card.y + head, width - 2 * em * kMenuMargin,
             height - head - em * kMenuMargin * 0.5F},
            intents);
  ImGui::End();
  if (clicked_outside) close();
}

}  // namespace mailwalk::gui
