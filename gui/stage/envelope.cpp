#include "gui/stage/envelope.hpp"

#include <algorithm>
#include <string>

#include "gui/safe_text.hpp"
#include "journal/letter.hpp"

namespace mailwalk::gui {
namespace {

// The flap: down over the letter, or open above it.
void draw_flap(const StageFrame& frame, const Rect& body, ImU32 color, float stroke,
               LetterShape shape) {
  const ImVec2 left(body.x, body.y);
  const ImVec2 right(body.right(), body.y);
  const float reach = shape == LetterShape::Open ? -body.h * 0.38F : body.h * 0.42F;
  const ImVec2 tip(body.center().x, body.y + reach);
  if (shape == LetterShape::Ghost) {
    const Dashes dashes{stroke * 2.2F, stroke * 1.8F};
    draw_dashed_line(frame.list, left, tip, color, stroke, dashes);
    draw_dashed_line(frame.list, tip, right, color, stroke, dashes);
    return;
  }
  frame.list.AddLine(left, tip, color, stroke);
  frame.list.AddLine(tip, right, color, stroke);
}

void draw_body(const StageFrame& frame, const Rect& body, const Hue& hue, float stroke,
               LetterShape shape) {
  if (shape == LetterShape::Ghost) {
    draw_dashed_rect(frame.list, body, paint(frame.theme().ghost.line), stroke,
                     {stroke * 2.2F, stroke * 1.8F});
    return;
  }
  frame.list.AddRectFilled(body.min(), body.max(), paint(hue.soft), stroke);
  frame.list.AddRect(body.min(), body.max(), paint(hue.line), stroke, 0, stroke);
}

}  // namespace

void draw_envelope(const StageFrame& frame, const Rect& rect, EnvelopeLook look) {
  const bool ghost = look.shape == LetterShape::Ghost;
  const Hue& hue = ghost ? frame.theme().ghost : hue_of_letter(frame.theme(), look.number);
  const float stroke = std::max(1.0F, rect.h / 16);
  // An open one needs room for its flap above.
  const Rect body = look.shape == LetterShape::Open
                        ? Rect{rect.x, rect.y + rect.h * 0.24F, rect.w, rect.h * 0.76F}
                        : rect;
  if (look.marked == Marked::Yes) {
    const Rect around = rect.inset(-stroke * 2.5F);
    frame.list.AddRect(around.min(), around.max(), paint(frame.theme().ink), stroke * 2, 0,
                       stroke * 1.6F);
  }
  draw_body(frame, body, hue, stroke, look.shape);
  draw_flap(frame, body, paint(hue.line), stroke, look.shape);
  const std::string name = journal::letter_name(look.number);
  ImFont* font = frame.font(Face::Strong);
  const float size = std::min(font->FontSize, body.h * 0.7F);
  const ImVec2 measured = font->CalcTextSizeA(size, 1e9F, 0, name.c_str());
  frame.list.AddText(font, size, {body.center().x - measured.x / 2, body.bottom() - size * 1.02F},
                     paint(hue.text), name.c_str());
  if (look.shape == LetterShape::Crossed) {
    const ImU32 fault = paint(frame.theme().fault.line);
    frame.list.AddLine(rect.min(), rect.max(), fault, stroke * 1.5F);
    frame.list.AddLine({rect.x, rect.bottom()}, {rect.right(), rect.y}, fault, stroke * 1.5F);
  }
}

}  // namespace mailwalk::gui
