#include <algorithm>
#include <cmath>

#include "gui/stage/stage_layout.hpp"

namespace mailwalk::gui {
namespace {

float length_of(ImVec2 a, ImVec2 b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

bool spans(const Rect& rect, float y) {
  return y > rect.y && y < rect.bottom();
}

// Both in neighbouring columns: straight across, at the height of a strip if one card spans the
// other's.
LinkPath across(const CardPlace& left, const CardPlace& right) {
  float left_y = left.strip_y;
  float right_y = right.strip_y;
  if (spans(left.rect, right_y)) {
    left_y = right_y;
  } else if (spans(right.rect, left_y)) {
    right_y = left_y;
  }
  LinkPath path;
  path.points = {{left.rect.right(), left_y}, {right.rect.x, right_y}};
  // In its own strip a card leaves room for a label.
  const float into_left = left_y == left.strip_y ? left.rect.w * 0.44F : 0;
  const float into_right = right_y == right.strip_y ? right.rect.w * 0.44F : 0;
  const float begin = left.rect.right() - into_left;
  const float end = right.rect.x + into_right;
  path.rest = {(begin + end) / 2, (left_y + right_y) / 2};
  path.label_px = end - begin;
  return path;
}

// In one column, or past other columns: below everything and up again.
LinkPath around(const CardPlace& from, const CardPlace& to, const Rect& area, float em) {
  LinkPath path;
  const float y = area.bottom() - em * 0.5F;
  const float from_x = from.rect.center().x;
  const float to_x =
      to.rect.center().x == from_x ? to.rect.x + to.rect.w * 0.25F : to.rect.center().x;
  path.points = {{from_x, from.rect.bottom()}, {from_x, y}, {to_x, y}, {to_x, to.rect.bottom()}};
  path.rest = {(from_x + to_x) / 2, y};
  path.label_px = std::max(std::abs(to_x - from_x), em * 6);
  return path;
}

// To the name server: from middle to middle, as far as it lies between the cards.
LinkPath to_apart(const CardPlace& from, const CardPlace& to) {
  const ImVec2 a = from.rect.center();
  const ImVec2 b = to.rect.center();
  const auto leave = [](const Rect& rect, ImVec2 inside, ImVec2 outside) {
    const float dx = outside.x - inside.x;
    const float dy = outside.y - inside.y;
    const float across_by = dx == 0 ? 1e9F : rect.w / 2 / std::abs(dx);
    const float down_by = dy == 0 ? 1e9F : rect.h / 2 / std::abs(dy);
    const float by = std::min({across_by, down_by, 1.0F});
    return ImVec2(inside.x + dx * by, inside.y + dy * by);
  };
  LinkPath path;
  path.points = {leave(from.rect, a, b), leave(to.rect, b, a)};
  path.rest = {(path.points[0].x + path.points[1].x) / 2,
               (path.points[0].y + path.points[1].y) / 2};
  path.label_px = std::max(from.rect.w, to.rect.w) * 1.5F;
  return path;
}

}  // namespace

ImVec2 LinkPath::at(float fraction) const {
  if (points.empty()) return rest;
  float total = 0;
  for (std::size_t i = 1; i < points.size(); ++i) total += length_of(points[i - 1], points[i]);
  float left = std::clamp(fraction, 0.0F, 1.0F) * total;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const float length = length_of(points[i - 1], points[i]);
    if (left <= length && length > 0) {
      const float part = left / length;
      return {points[i - 1].x + (points[i].x - points[i - 1].x) * part,
              points[i - 1].y + (points[i].y - points[i - 1].y) * part};
    }
    left -= length;
  }
  return points.back();
}

LinkPath StageLayout::path(NodeId from, NodeId to) const {
  const auto a = cards.find(from);
  const auto b = cards.find(to);
  if (a == cards.end() || b == cards.end() || from == to) return {};
  const CardPlace& one = a->second;
  const CardPlace& other = b->second;
  if (one.kind == CardKind::NameServer || other.kind == CardKind::NameServer) {
    return to_apart(one, other);
  }
  if (one.column + 1 == other.column) return across(one, other);
  if (other.column + 1 == one.column) {
    LinkPath path = across(other, one);
    std::reverse(path.points.begin(), path.points.end());
    return path;
  }
  return around(one, other, area, em);
}

}  // namespace mailwalk::gui
