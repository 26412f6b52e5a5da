#include "gui/panels/state_diagram.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "gui/panels/tint.hpp"
#include "gui/safe_text.hpp"

namespace mailwalk::gui {
namespace {

// The states stand in a row, in the order of a session.
struct StateRow {
  std::vector<Rect> boxes;
  float bottom = 0;
};

StateRow lay_out(const Flow& flow, const StateMap& map, float top) {
  const UiFrame& frame = flow.frame();
  ImFont* font = frame.font(Face::Small);
  const float pad = flow.em() * 0.35F;
  const auto count = static_cast<float>(map.states.size());
  const float gap = std::min(flow.em() * 0.9F, flow.width() / count * 0.2F);
  float wanted = 0;
  for (const std::string& state : map.states) wanted += text_size(state, font).x + 2 * pad;
  const float room = flow.width() - gap * (count - 1);
  const float shrink = std::min(1.0F, room / std::max(wanted, 1.0F));
  StateRow row;
  float x = flow.cursor().x;
  const float height = font->FontSize + pad * 1.6F;
  for (const std::string& state : map.states) {
    const float width = (text_size(state, font).x + 2 * pad) * shrink;
    row.boxes.push_back({x, top, width, height});
    x += width + gap;
  }
  row.bottom = top + height;
  return row;
}

void draw_arrow_head(ImDrawList& list, ImVec2 tip, float dx, float dy, float size, ImU32 color) {
  list.AddTriangleFilled(
      tip, {tip.x - dx * size - dy * size * 0.6F, tip.y - dy * size - dx * size * 0.6F},
      {tip.x - dx * size + dy * size * 0.6F, tip.y - dy * size + dx * size * 0.6F}, color);
}

// To the neighbour: straight. Else below the row, the deeper the farther.
void draw_passage(const Flow& flow, const StateRow& row, std::size_t from, std::size_t to,
                  ImU32 color, float width) {
  const Rect& a = row.boxes[from];
  const Rect& b = row.boxes[to];
  const float head = flow.em() * 0.3F;
  if (to == from + 1) {
    const float y = a.center().y;
    flow.list().AddLine({a.right(), y}, {b.x - head, y}, color, width);
    draw_arrow_head(flow.list(), {b.x, y}, 1, 0, head, color);
    return;
  }
  const float depth =
      flow.em() * (0.35F + 0.22F * static_cast<float>(from < to ? to - from : from - to));
  const float off = (from < to ? 0.18F : -0.18F);
  const ImVec2 start(a.center().x + a.w * off, row.bottom);
  const ImVec2 end(b.center().x - b.w * off, row.bottom);
  flow.list().AddBezierCubic(start, {start.x, row.bottom + depth * 1.4F},
                             {end.x, row.bottom + depth * 1.4F}, {end.x, end.y + head}, color,
                             width);
  draw_arrow_head(flow.list(), end, 0, -1, head, color);
}

float depth_of_ways(const Flow& flow, const StateMap& map) {
  std::size_t farthest = 0;
  for (const auto& [from, to] : map.ways) {
    if (to != from + 1) farthest = std::max(farthest, from < to ? to - from : from - to);
  }
  if (farthest == 0) return 0;
  return flow.em() * (0.35F + 0.22F * static_cast<float>(farthest)) * 1.1F + flow.em() * 0.2F;
}

void draw_boxes(const Flow& flow, const StateMap& map, const StateRow& row) {
  const UiFrame& frame = flow.frame();
  const Hue& hue = hue_of_tint(frame.theme, map.tint);
  ImFont* font = frame.font(Face::Small);
  for (std::size_t i = 0; i < map.states.size(); ++i) {
    const Rect& box = row.boxes[i];
    const bool here = i == map.now;
    const float rounding = box.h * 0.3F;
    flow.list().AddRectFilled(box.min(), box.max(), paint(here ? hue.text : frame.theme.card),
                              rounding);
    flow.list().AddRect(box.min(), box.max(), paint(here ? hue.text : frame.theme.ghost.line),
                        rounding, 0, std::max(1.0F, flow.em() / 14));
    draw_text(flow.list(), font, {box.center().x, box.center().y - font->FontSize / 2},
              here ? frame.theme.on_fill : frame.theme.muted,
              fitted(map.states[i], font, box.w - flow.em() * 0.2F), Align::Center);
  }
}

// "MAIL → MailGiven": what may be said now, as pills; the one that was said is filled.
void draw_moves(Flow& flow, const StateMap& map) {
  const UiFrame& frame = flow.frame();
  const Hue& hue = hue_of_tint(frame.theme, map.tint);
  ImFont* font = frame.font(Face::Mono);
  const float em = flow.em();
  const float height = font->FontSize + em * 0.45F;
  const ImVec2 start = flow.cursor();
  const float right = start.x + flow.width();
  ImVec2 at = start;
  for (const StateMap::Move& move : map.moves) {
    const float width = text_size(move.verb, font).x + em * 0.8F;
    if (at.x + width > right && at.x > start.x) at = {start.x, at.y + height + em * 0.3F};
    const Rect pill{at.x, at.y, width, height};
    flow.list().AddRectFilled(pill.min(), pill.max(), paint(move.chosen ? hue.text : hue.soft),
                              em * 0.35F);
    draw_text(flow.list(), font, {pill.center().x, pill.center().y - font->FontSize / 2},
              move.chosen ? frame.theme.on_fill : hue.text, move.verb, Align::Center);
    ImGui::PushID(move.verb.c_str());
    if (click_area("move", pill).hovered && frame.tips == Tips::Shown) {
      ImGui::BeginTooltip();
      ImGui::PushFont(frame.font(Face::Body));
      const std::string tip = move.verb + " → " + map.states[move.to];
      ImGui::TextUnformatted(tip.c_str());
      ImGui::PopFont();
      ImGui::EndTooltip();
    }
    ImGui::PopID();
    at.x += width + em * 0.35F;
  }
  flow.take(at.y + height - start.y);
}

}  // namespace

void draw_state_map(Flow& flow, const StateMap& map) {
  const UiFrame& frame = flow.frame();
  flow.heading(frame.language.text("inspect.state"));
  flow.gap(0.2F);
  const StateRow row = lay_out(flow, map, flow.cursor().y);
  const float thin = std::max(1.0F, flow.em() / 14);
  for (const auto& [from, to] : map.ways) {
    if (from != map.now)
      draw_passage(flow, row, from, to, paint(frame.theme.ghost.line, 0.6F), thin);
  }
  const ImU32 strong = paint(hue_of_tint(frame.theme, map.tint).text);
  for (const auto& [from, to] : map.ways) {
    if (from == map.now) draw_passage(flow, row, from, to, strong, thin * 1.6F);
  }
  draw_boxes(flow, map, row);
  flow.take(row.bottom - flow.cursor().y + depth_of_ways(flow, map));
  flow.paragraph(Face::Small, frame.theme.muted, map.now_means);
  flow.gap(0.3F);
  if (map.moves.empty()) return;
  flow.heading(frame.language.text("inspect.legal_now"));
  flow.gap(0.2F);
  draw_moves(flow, map);
}

}  // namespace mailwalk::gui
