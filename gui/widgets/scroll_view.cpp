#include "gui/widgets/scroll_view.hpp"

#include <algorithm>
#include <cmath>

namespace mailwalk::gui {

void ScrollView::keep_inside(double place_px, double whole_px) {
  offset_ = std::round(std::clamp(offset_, 0.0, std::max(whole_px - place_px, 0.0)));
}

void ScrollView::show(const Stretch& wanted, double place_px, double whole_px) {
  if (wanted.bottom > offset_ + place_px) offset_ = wanted.bottom - place_px;
  if (wanted.top < offset_) offset_ = wanted.top;
  keep_inside(place_px, whole_px);
}

void ScrollView::update(const UiFrame& frame, const Rect& place, double whole_px, double wheel_px) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.MouseWheel != 0 && ImGui::IsWindowHovered() && place.contains(io.MousePos)) {
    offset_ -= static_cast<double>(io.MouseWheel) * wheel_px;
  }
  keep_inside(static_cast<double>(place.h), whole_px);
  if (whole_px > static_cast<double>(place.h)) draw_bar(frame, place, whole_px);
}

void ScrollView::draw_bar(const UiFrame& frame, const Rect& place, double whole_px) {
  const float em = frame.em();
  const auto height = static_cast<double>(place.h);
  const auto share = static_cast<float>(height / whole_px);
  const float length = std::clamp(place.h * share, std::min(em * 1.5F, place.h), place.h);
  const float room = place.h - length;
  const double hidden = whole_px - height;
  const Rect track{place.right() - em * 0.75F, place.y, em * 0.75F, place.h};
  ImGui::SetCursorScreenPos(track.min());
  ImGui::InvisibleButton("bar", {track.w, std::max(track.h, 1.0F)});
  if (ImGui::IsItemActive() && room > 0) {
    const double at = static_cast<double>(ImGui::GetIO().MousePos.y - track.y - length / 2);
    offset_ = at / static_cast<double>(room) * hidden;
    keep_inside(height, whole_px);
  }
  const bool lively = ImGui::IsItemHovered() || ImGui::IsItemActive();
  const float y = track.y + room * static_cast<float>(offset_ / hidden);
  const float width = std::max(3.0F, std::round(em * 0.3F));
  const ImVec2 from(track.right() - width, y);
  ImGui::GetWindowDrawList()->AddRectFilled(
      from, {track.right(), y + length}, paint(frame.theme.muted, lively ? 0.8F : 0.4F), width / 2);
}

}  // namespace mailwalk::gui
