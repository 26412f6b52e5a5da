#include "gui/panels/offers_menu.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "gui/panels/menu_rows.hpp"

namespace mailwalk::gui {
namespace {

// In em.
constexpr float kMenuWidth = 38;
constexpr float kMenuMargin = 1.0F;
constexpr float kOwnWidth = 13;

}  // namespace

void OffersMenu::open(Offers offers, Selection about, std::size_t run, float x, float y,
                      BeginAt begin) {
  offers_ = std::move(offers);
  about_ = std::move(about);
  run_ = run;
  open_ = offers_.count() > 0;
  const bool skips = begin == BeginAt::WhatIf && offers_.what_if.count() > 0;
  highlight(skips ? offers_.open.size() : 0);
  x_ = x;
  y_ = y;
  own_answer_.fill(0);
  own_command_.fill(0);
}

void OffersMenu::close() {
  open_ = false;
}

void OffersMenu::fork(const world::Change& change, Intents& intents) {
  intents.ask(intent::MakeFork{run_, offers_.what_if.position, change});
  close();
}

void OffersMenu::choose(std::size_t offer, Intents& intents) {
  if (offer >= offers_.open.size()) {
    const std::size_t choice = offer - offers_.open.size();
    return fork(offers_.what_if.choice(choice).possible.change, intents);
  }
  std::visit([&](const auto& it) { intents.ask(it); }, offers_.open[offer].opens);
  close();
}

// The offer that the keys have come to comes into sight.
void OffersMenu::highlight(std::size_t offer) {
  highlighted_ = offer;
  to_show_ = true;
}

// To the first offer of the row above or below.
void OffersMenu::move_rows(int by) {
  std::vector<std::size_t> starts;
  std::size_t first = offers_.open.size();
  if (first > 0) starts.push_back(0);
  for (const WhatIfRow& it : offers_.what_if.rows) {
    starts.push_back(first);
    first += it.choices.size();
  }
  const auto next = std::upper_bound(starts.begin(), starts.end(), highlighted_);
  const auto row = static_cast<int>(next - starts.begin()) - 1;
  const int to = std::clamp(row + by, 0, static_cast<int>(starts.size()) - 1);
  highlight(starts[static_cast<std::size_t>(to)]);
}

bool OffersMenu::press(const KeyStroke& stroke, Intents& intents) {
  if (!open_) return false;
  switch (stroke.key) {
    case Key::Up: move_rows(-1); return true;
    case Key::Down: move_rows(1); return true;
    case Key::Left: highlight(highlighted_ - (highlighted_ > 0 ? 1 : 0)); return true;
    case Key::Right: highlight(std::min(highlighted_ + 1, offers_.count() - 1)); return true;
    case Key::Enter: choose(highlighted_, intents); return true;
    default: return false;
  }
}

void OffersMenu::draw_own_words(const UiFrame& frame, const Rect& place, const WhatIfRow& row,
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
  if (change) fork(*change, intents);
}

void OffersMenu::lay_out_chip(MenuRows& rows, const std::string& label, Face face,
                              std::size_t index, Intents* intents) {
  const bool is_highlighted = index == highlighted_;
  ImGui::PushID(static_cast<int>(index));
  const MenuRows::Chip chip =
      rows.chip(label, face, is_highlighted ? MenuRows::Lit::Yes : MenuRows::Lit::No);
  if (intents != nullptr && is_highlighted) show_highlighted(chip.rect);
  ImGui::PopID();
  if (intents != nullptr && chip.clicked) choose(index, *intents);
}

// All offers, in rows; without `intents` they are only measured.
void OffersMenu::lay_out(MenuRows& rows, Intents* intents) {
  const UiFrame& frame = rows.frame();
  std::size_t index = 0;
  if (!offers_.open.empty()) {
    rows.heading(frame.language.text("open.heading"));
    for (const OpenChoice& choice : offers_.open) {
      lay_out_chip(rows, choice.label, Face::Body, index++, intents);
    }
    rows.end_row();
  }
  if (!offers_.what_if.rows.empty()) rows.heading(frame.language.text("what_if.title"));
  int id = 0;
  for (const WhatIfRow& row : offers_.what_if.rows) {
    ImGui::PushID(id++);
    rows.title(row.title);
    for (const WhatIfChoice& choice : row.choices) {
      lay_out_chip(rows, choice.label, choice.is_wire ? Face::Mono : Face::Body, index++, intents);
    }
    if (row.own != OwnWords::None) {
      const Rect place = rows.place_in_row(frame.em() * kOwnWidth);
      if (intents != nullptr) draw_own_words(frame, place, row, *intents);
    }
    rows.end_row();
    ImGui::PopID();
  }
}

void OffersMenu::show_highlighted(const Rect& rect) {
  highlighted_place_ = rect;
  if (!std::exchange(to_show_, false)) return;
  const float top = ImGui::GetWindowPos().y;
  if (rect.y < top || rect.bottom() > top + ImGui::GetWindowHeight()) ImGui::SetScrollHereY();
}

// All offers; where there is no room for them, they scroll.
void OffersMenu::draw_rows(const UiFrame& frame, const Rect& inside, Intents& intents) {
  ImGui::SetCursorScreenPos(inside.min());
  ImGui::BeginChild("rows", {inside.w, inside.h}, false, ImGuiWindowFlags_NoBackground);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect place{at.x, at.y, ImGui::GetContentRegionAvail().x, 0};
  MenuRows rows(frame, place, Setting::Drawn);
  lay_out(rows, &intents);
  ImGui::SetCursorScreenPos(place.min());
  ImGui::Dummy({1, rows.height()});
  ImGui::EndChild();
}

void OffersMenu::draw(const UiFrame& frame, Intents& intents) {
  if (!open_) return;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float em = frame.em();
  const float width = std::min(em * kMenuWidth, screen.x - em);
  const float margin = em * kMenuMargin;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(screen);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::Begin("###offers", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove);
  ImGui::PopStyleVar(2);
  MenuRows measured(frame, {0, 0, width - 2 * margin, 0}, Setting::Measured);
  lay_out(measured, nullptr);
  const float height = std::min(measured.height() + 1.5F * margin, screen.y - em);
  const bool nowhere = x_ < 0 || y_ < 0;
  const Rect card{
      std::clamp(nowhere ? (screen.x - width) / 2 : x_, em / 2, screen.x - width - em / 2),
      std::clamp(nowhere ? (screen.y - height) / 2 : y_, em / 2, screen.y - height - em / 2), width,
      height};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({0, 0}, screen, paint(frame.theme.ink, 0.18F));
  list.AddRectFilled(card.min(), card.max(), paint(frame.theme.card), em * 0.6F);
  list.AddRect(card.min(), card.max(), paint(frame.theme.muted), em * 0.6F, 0, em / 12);
  const bool clicked_outside =
      ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !card.contains(ImGui::GetIO().MousePos);
  draw_rows(frame,
            {card.x + margin, card.y + margin * 0.8F, width - 2 * margin, height - margin * 1.3F},
            intents);
  ImGui::End();
  if (clicked_outside) close();
}

}  // namespace mailwalk::gui
