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

// The height on a card's edge that is nearest to this one, but for its corners.
float nearest_in(const Rect& rect, float y) {
  const float corner = rect.h * 0.15F;
  return std::clamp(y, rect.y + corner, rect.bottom() - corner);
}

bool is_device(const CardPlace& card) {
  return card.kind == CardKind::Sender || card.kind == CardKind::Receiver;
}
bool has_strip(const CardPlace& card) {
  return card.density == Density::Roomy;
}

// How far a label may reach over a card: there is room in its own strip.
float reach_into(const CardPlace& card, float y) {
  return has_strip(card) && y == card.strip_y ? card.rect.w * 0.44F : 0;
}

// In em, the least room for a label: the longest verb fits. Where the gap is narrower it lies over
// the edges of the cards.
constexpr float kLeastLabel = 9;

// Nothing stands between: straight across, at the height of a strip if one card spans the other's.
LinkPath across(const CardPlace& left, const CardPlace& right, float em) {
  float left_y = left.strip_y;
  float right_y = right.strip_y;
  const bool may_be_right = spans(left.rect, right_y);
  const bool may_be_left = spans(right.rect, left_y);
  if (may_be_right && (has_strip(right) || !may_be_left || !has_strip(left))) {
    left_y = right_y;
  } else if (may_be_left) {
    right_y = left_y;
  }
  const bool is_level = left_y == right_y;
  // A slope begins at a device's strip, where nobody takes what rests there for another's, and ends
  // as near as can be.
  const bool from_left = is_device(left);
  if (!is_level && from_left) right_y = nearest_in(right.rect, left_y);
  if (!is_level && !from_left) left_y = nearest_in(left.rect, right_y);
  LinkPath path;
  path.points = {{left.rect.right(), left_y}, {right.rect.x, right_y}};
  const bool at_left = is_level || from_left;
  const bool at_right = is_level || !from_left;
  const float gap = right.rect.x - left.rect.right();
  const float begin =
      at_left ? left.rect.right() - reach_into(left, left_y) : right.rect.x - gap * 0.8F;
  const float end =
      at_right ? right.rect.x + reach_into(right, right_y) : left.rect.right() + gap * 0.8F;
  path.rest = {(begin + end) / 2, at_left ? left_y : right_y};
  path.label_px = std::max(end - begin, em * kLeastLabel);
  return path;
}

// Within one stack: below everything and up again.
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

// A way through the stacks that stand between two others. Their cards are passed through the gap
// below, and the way goes up and down only between stacks.
class Detour {
 public:
  Detour(const std::map<NodeId, CardPlace>& cards, float em) : cards_(cards), em_(em) {}

  // From the left card to the right one.
  LinkPath lead(const CardPlace& left, const CardPlace& right) const {
    // It begins at the device: so the gap is one below a card beside it.
    const bool from_left = right.kind != CardKind::Receiver;
    LinkPath path = from_left ? lead_from(left, right) : lead_from(right, left);
    if (!from_left) {
      std::reverse(path.points.begin(), path.points.end());
      path.rest_at = 1 - path.rest_at;
    }
    return path;
  }

  // From one to another, whichever is on the left. The stacks differ.
  LinkPath lead_from(const CardPlace& begin, const CardPlace& end) const {
    const bool to_right = end.stack > begin.stack;
    const auto far_edge = [&](const Rect& rect) { return to_right ? rect.right() : rect.x; };
    const auto near_edge = [&](const Rect& rect) { return to_right ? rect.x : rect.right(); };
    float y = begin.strip_y;
    float edge = far_edge(begin.rect);  // behind which it is free
    LinkPath path;
    path.points = {{edge, y}};
    for (std::size_t stack = begin.stack; stack != end.stack;) {
      stack += to_right ? 1 : static_cast<std::size_t>(-1);
      if (stack == end.stack) break;
      const Rect between = extent_of(stack);
      const float free_y = free_at(stack, y);
      if (free_y != y) {
        const float x = (edge + near_edge(between)) / 2;
        path.points.push_back({x, y});
        path.points.push_back({x, free_y});
        y = free_y;
      }
      edge = far_edge(between);
    }
    const float end_y = nearest_in(end.rect, y);
    const float end_x = near_edge(end.rect);
    path.points.push_back({edge, y});
    path.points.push_back({end_x, end_y});
    path.rest = {(edge + end_x) / 2, (y + end_y) / 2};
    path.label_px = std::abs(end_x - edge);
    const float last = length_of({edge, y}, {end_x, end_y});
    float whole = 0;
    for (std::size_t i = 1; i < path.points.size(); ++i) {
      whole += length_of(path.points[i - 1], path.points[i]);
    }
    path.rest_at = whole <= 0 ? 0.5F : 1 - last / 2 / whole;
    return path;
  }

 private:
  Rect extent_of(std::size_t stack) const {
    for (const auto& [id, card] : cards_) {
      if (card.stack == stack) return card.rect;
    }
    return {};
  }
  // From top to bottom.
  std::vector<Rect> cards_of(std::size_t stack) const {
    std::vector<Rect> rects;
    for (const auto& [id, card] : cards_) {
      if (card.stack == stack) rects.push_back(card.rect);
    }
    std::sort(rects.begin(), rects.end(), [](const Rect& a, const Rect& b) { return a.y < b.y; });
    return rects;
  }
  // The nearest height from y downwards at which no card of the stack stands: in the middle of a
  // gap, where it is narrow.
  float free_at(std::size_t stack, float y) const {
    const std::vector<Rect> rects = cards_of(stack);
    const float clear = em_ * 0.2F;
    for (std::size_t i = 0; i < rects.size() && y > rects[i].y - clear; ++i) {
      const float bottom = rects[i].bottom();
      if (y >= bottom + clear) continue;
      const bool is_lowest = i + 1 == rects.size();
      return bottom +
             (is_lowest ? em_ * 0.4F : std::min((rects[i + 1].y - bottom) / 2, em_ * 0.4F));
    }
    return y;
  }

  const std::map<NodeId, CardPlace>& cards_;
  float em_;
};

// To the name server: into the strip below its name, where a question rests, and its answer.
LinkPath to_name_server(const CardPlace& asker, const CardPlace& server,
                        const std::map<NodeId, CardPlace>& cards, float em) {
  LinkPath path;
  const ImVec2 rest(server.rect.center().x, server.strip_y);
  const bool is_left = asker.stack < server.stack;
  const std::size_t apart = is_left ? server.stack - asker.stack : asker.stack - server.stack;
  if (apart == 0) {
    const bool is_above = asker.rect.y < server.rect.y;
    path.points = {{rest.x, is_above ? asker.rect.bottom() : asker.rect.y}};
  } else if (apart == 1) {
    const float x = is_left ? asker.rect.right() : asker.rect.x;
    path.points = {{x, nearest_in(asker.rect, rest.y)},
                   {is_left ? server.rect.x : server.rect.right(), rest.y}};
  } else {
    path = Detour(cards, em).lead_from(asker, server);
  }
  path.points.push_back(rest);
  path.rest = rest;
  path.rest_at = 1;
  path.label_px = server.rect.w + em * 4;  // of the gaps beside it, too
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
  if (other.kind == CardKind::NameServer) return to_name_server(one, other, cards, em);
  if (one.kind == CardKind::NameServer) {
    LinkPath path = to_name_server(other, one, cards, em);
    std::reverse(path.points.begin(), path.points.end());
    path.rest_at = 1 - path.rest_at;
    return path;
  }
  if (one.stack == other.stack) return around(one, other, area, em);
  const bool to_right = one.stack < other.stack;
  const CardPlace& left = to_right ? one : other;
  const CardPlace& right = to_right ? other : one;
  LinkPath path =
      left.stack + 1 == right.stack ? across(left, right, em) : Detour(cards, em).lead(left, right);
  if (!to_right) {
    std::reverse(path.points.begin(), path.points.end());
    path.rest_at = 1 - path.rest_at;
  }
  return path;
}

}  // namespace mailwalk::gui
