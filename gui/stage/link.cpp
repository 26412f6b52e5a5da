#include "gui/stage/link.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "gui/safe_text.hpp"

namespace mailwalk::gui {
namespace {

void draw_way(const StageFrame& frame, const LinkPath& path, ImU32 color, float width) {
  for (std::size_t i = 1; i < path.points.size(); ++i) {
    frame.list.AddLine(path.points[i - 1], path.points[i], color, width);
  }
}

void draw_dashed_way(const StageFrame& frame, const LinkPath& path, ImU32 color, float width) {
  const Dashes dashes{frame.em() * 0.4F, frame.em() * 0.35F};
  for (std::size_t i = 1; i < path.points.size(); ++i) {
    draw_dashed_line(frame.list, path.points[i - 1], path.points[i], color, width, dashes);
  }
}

// A second outline around it: what goes over it is encrypted.
void draw_cover(const StageFrame& frame, const LinkPath& path) {
  const float width = frame.stroke();
  draw_way(frame, path, paint(frame.theme().tls.line), width * 7);
  draw_way(frame, path, paint(frame.theme().card), width * 5);
}

// A small head that points to where the call goes: who asks for the connection.
void draw_arrow(const StageFrame& frame, const LinkPath& path, bool forward, ImU32 color) {
  if (path.points.size() < 2) return;
  const ImVec2 tip = forward ? path.points.back() : path.points.front();
  const ImVec2 from = forward ? path.points[path.points.size() - 2] : path.points[1];
  const float length = std::hypot(tip.x - from.x, tip.y - from.y);
  if (length <= 0) return;
  const ImVec2 way((tip.x - from.x) / length, (tip.y - from.y) / length);
  const float size = frame.em() * 0.5F;
  const ImVec2 base(tip.x - way.x * size, tip.y - way.y * size);
  frame.list.AddTriangleFilled(tip, {base.x - way.y * size * 0.6F, base.y + way.x * size * 0.6F},
                               {base.x + way.y * size * 0.6F, base.y - way.x * size * 0.6F}, color);
}

// The line ends on both sides of a cross, with the word for it above.
void draw_broken(const StageFrame& frame, const LinkPath& path, std::string_view word) {
  const Theme& theme = frame.theme();
  const ImU32 color = paint(theme.fault.line);
  const float em = frame.em();
  const float width = frame.stroke() * 1.5F;
  draw_dashed_way(frame, path, color, width);
  const ImVec2 at = path.at(0.5F);
  const float arm = em * 0.45F;
  frame.list.AddCircleFilled(at, em * 0.8F, paint(theme.card));
  frame.list.AddLine({at.x - arm, at.y - arm}, {at.x + arm, at.y + arm}, color, width * 1.6F);
  frame.list.AddLine({at.x - arm, at.y + arm}, {at.x + arm, at.y - arm}, color, width * 1.6F);
  ImFont* font = frame.font(Face::Small);
  draw_text(frame.list, font, {at.x, at.y + em * 0.85F}, theme.fault.text, word, Align::Center);
}

// The sign for a pause.
void draw_pause_sign(const StageFrame& frame, ImVec2 at, float height) {
  const ImU32 color = paint(frame.theme().fault.line);
  for (const float side : {-1.0F, 1.0F}) {
    const float x = at.x + side * height * 0.27F;
    frame.list.AddLine({x, at.y - height / 2}, {x, at.y + height / 2}, color, height * 0.25F);
  }
}

// Nothing is broken, and nothing moves: a whole line with the sign for a pause on it. Below stand
// sign and word once more, since what waits on the line lies over it.
void draw_stalled(const StageFrame& frame, const LinkPath& path, Color line) {
  const Theme& theme = frame.theme();
  const float em = frame.em();
  draw_way(frame, path, paint(line), frame.stroke() * 2);
  const ImVec2 at = path.at(0.5F);
  frame.list.AddCircleFilled(at, em * 0.8F, paint(theme.card));
  frame.list.AddCircle(at, em * 0.8F, paint(theme.fault.line), 0, frame.stroke());
  draw_pause_sign(frame, at, em * 0.72F);
  ImFont* font = frame.font(Face::Small);
  const std::string_view word = frame.language().text("stage.stalled");
  const float y = at.y + em;
  const float sign = em * 0.6F;
  draw_text(frame.list, font, {at.x + sign / 2, y}, theme.fault.text, word, Align::Center);
  draw_pause_sign(frame, {at.x - text_size(word, font).x / 2 - sign / 2, y + font->FontSize / 2},
                  sign);
}

}  // namespace

void draw_link(const StageFrame& frame, const SceneLink& link) {
  const LinkPath path = frame.fit.layout.path(link.ends.a, link.ends.b);
  if (path.points.empty()) return;
  const Hue& hue = hue_of(frame.theme(), link.lane);
  const float width = frame.stroke();
  const bool forward = link.caller == link.ends.a;
  const Rect around{path.rest.x - frame.em() * 2, path.rest.y - frame.em() * 0.6F, frame.em() * 4,
                    frame.em() * 1.2F};
  frame.spots.push_back({around, link.ends});
  if (is_selected(frame.ui.selection, link.ends) ||
      is_selected(frame.ui.selection, link.connection)) {
    draw_way(frame, path, paint(frame.theme().ink, 0.25F), width * 5);
  }
  switch (link.condition) {
    case LinkCondition::Idle:
      draw_dashed_way(frame, path, paint(hue.line, 0.55F), width * 0.8F);
      draw_arrow(frame, path, forward, paint(hue.line, 0.55F));
      break;
    case LinkCondition::Calling:
      draw_dashed_way(frame, path, paint(hue.line), width * 1.6F);
      draw_arrow(frame, path, forward, paint(hue.line));
      break;
    case LinkCondition::Open:
      if (link.is_encrypted) draw_cover(frame, path);
      draw_way(frame, path, paint(hue.line), width * 2);
      draw_arrow(frame, path, forward, paint(hue.line));
      break;
    case LinkCondition::Stalled:
      if (link.is_encrypted) draw_cover(frame, path);
      draw_stalled(frame, path, hue.line);
      draw_arrow(frame, path, forward, paint(hue.line));
      break;
    case LinkCondition::Cut: draw_broken(frame, path, frame.language().text("stage.cut")); break;
    case LinkCondition::Refused:
      draw_broken(frame, path, frame.language().text("stage.refused"));
      break;
  }
}

}  // namespace mailwalk::gui
