#include "gui/panels/menu_rows.hpp"

#include <algorithm>

#include "gui/safe_text.hpp"

namespace mailwalk::gui {
namespace {

// In em.
constexpr float kMenuHeading = 2.1F;
constexpr float kRowTitle = 1.5F;
constexpr float kChip = 1.9F;
constexpr float kChipGap = 0.4F;
constexpr float kRowGap = 0.7F;

}  // namespace

MenuRows::MenuRows(const UiFrame& frame, const Rect& place, Setting setting)
    : frame_(frame), place_(place), setting_(setting), x_(place.x), y_(place.y) {}

void MenuRows::heading(std::string_view text) {
  ImFont* font = frame_.font(Face::Title);
  if (setting_ == Setting::Drawn) {
    draw_text(*ImGui::GetWindowDrawList(), font, {place_.x, y_}, frame_.theme.ink,
              fitted(std::string(text), font, place_.w));
  }
  y_ += frame_.em() * kMenuHeading;
}

void MenuRows::title(const std::string& text) {
  ImFont* font = frame_.font(Face::Strong);
  if (setting_ == Setting::Drawn) {
    draw_text(*ImGui::GetWindowDrawList(), font, {place_.x, y_}, frame_.theme.muted,
              fitted(text, font, place_.w));
  }
  y_ += frame_.em() * kRowTitle;
}

Rect MenuRows::place_in_row(float width_px) {
  const float em = frame_.em();
  const float width = std::min(width_px, place_.w);
  if (x_ > place_.x && x_ + width > place_.right()) {
    x_ = place_.x;
    y_ += em * (kChip + kChipGap);
  }
  const Rect rect{x_, y_, width, em * kChip};
  x_ += width + em * kChipGap;
  return rect;
}

void MenuRows::end_row() {
  x_ = place_.x;
  y_ += frame_.em() * (kChip + kRowGap);
}

MenuRows::Chip MenuRows::chip(const std::string& label, Face face, Lit lit) {
  const float em = frame_.em();
  ImFont* font = frame_.font(face);
  Chip chip{place_in_row(text_size(label, font).x + em * 1.4F)};
  if (setting_ == Setting::Measured) return chip;
  ImGui::SetCursorScreenPos(chip.rect.min());
  chip.clicked = ImGui::InvisibleButton("chip", {chip.rect.w, chip.rect.h});
  const bool is_lit = lit == Lit::Yes || ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(chip.rect.min(), chip.rect.max(),
                     paint(is_lit ? frame_.theme.ink : frame_.theme.well), em * 0.4F);
  draw_text(list, font, {chip.rect.center().x, chip.rect.center().y - font->FontSize / 2},
            is_lit ? frame_.theme.paper : frame_.theme.ink,
            fitted(label, font, chip.rect.w - em * 0.8F), Align::Center);
  return chip;
}

}  // namespace mailwalk::gui
