#include "gui/widgets/copy_mark.hpp"

#include <algorithm>

namespace mailwalk::gui {
namespace {

void draw_copy_flap(ImDrawList& list, const Rect& body, float reach, ImU32 color, float stroke) {
  const ImVec2 tip(body.center().x, body.y + body.h * reach);
  list.AddLine({body.x, body.y}, tip, color, stroke);
  list.AddLine(tip, {body.right(), body.y}, color, stroke);
}

void draw_envelope(ImDrawList& list, const Rect& body, const Hue& hue, float reach, float stroke) {
  list.AddRectFilled(body.min(), body.max(), paint(hue.soft), stroke);
  list.AddRect(body.min(), body.max(), paint(hue.line), stroke, 0, stroke);
  draw_copy_flap(list, body, reach, paint(hue.line), stroke);
}

}  // namespace

void draw_copy_mark(ImDrawList& list, const Theme& theme, const Rect& rect, std::uint32_t letter,
                    CopyLook look) {
  const Hue& hue = hue_of_letter(theme, letter);
  const float stroke = std::max(1.0F, rect.h / 9);
  switch (look) {
    case CopyLook::None: return;
    case CopyLook::Closed: return draw_envelope(list, rect, hue, 0.5F, stroke);
    case CopyLook::Open: {
      const Rect body{rect.x, rect.y + rect.h * 0.3F, rect.w, rect.h * 0.7F};
      return draw_envelope(list, body, hue, -0.42F, stroke);
    }
    case CopyLook::Ghost: {
      const Dashes dashes{stroke * 1.6F, stroke * 1.4F};
      draw_dashed_rect(list, rect, paint(theme.ghost.text), stroke, dashes);
      draw_dashed_line(list, rect.min(), {rect.center().x, rect.y + rect.h / 2},
                       paint(theme.ghost.text), stroke, dashes);
      draw_dashed_line(list, {rect.center().x, rect.y + rect.h / 2}, {rect.right(), rect.y},
                       paint(theme.ghost.text), stroke, dashes);
      return;
    }
    case CopyLook::Hollow:
      list.AddCircle(rect.center(), rect.h * 0.3F, paint(theme.ghost.text), 0, stroke);
      return;
    case CopyLook::Crossed:
      draw_envelope(list, rect, hue, 0.5F, stroke);
      list.AddLine(rect.min(), rect.max(), paint(theme.fault.line), stroke * 1.5F);
      list.AddLine({rect.x, rect.bottom()}, {rect.right(), rect.y}, paint(theme.fault.line),
                   stroke * 1.5F);
      return;
  }
}

}  // namespace mailwalk::gui
