#include "gui/panels/answer_box.hpp"

#include <algorithm>
#include <string>

#include "gui/safe_text.hpp"
#include "gui/widgets/flow.hpp"

namespace mailwalk::gui {
namespace {

// In em.
constexpr float kSignWidth = 2.2F;
constexpr float kAnswerPad = 0.35F;

// A sign for each, so that none needs its colour.
struct AnswerLook {
  std::string sign;
  Hue hue;
};

AnswerLook look_of_answer(const UiFrame& frame, std::size_t answer) {
  const OpenGate& open = *frame.gate;
  const Theme& theme = frame.theme;
  const Hue plain{theme.muted, theme.ink, theme.well};
  if (!open.is_answered()) return {std::to_string(answer + 1), plain};
  if (answer == open.gate->right) return {icon::kCheck, theme.names};
  if (answer == *open.chosen) return {icon::kCross, theme.fault};
  return {std::to_string(answer + 1), plain};
}

std::string answer_text(const UiFrame& frame, std::size_t answer) {
  return safe(frame.language.pick(frame.gate->gate->answers[answer]));
}

float text_width(const UiFrame& frame, float width_px) {
  return width_px - frame.em() * (kSignWidth + kAnswerPad);
}

}  // namespace

float answer_length(const UiFrame& frame, std::size_t answer) {
  return text_size(answer_text(frame, answer), frame.font(Face::Body)).x;
}

float answer_height(const UiFrame& frame, std::size_t answer, float width_px) {
  // Measured beyond the end of the window, where nothing is seen.
  const ImVec2 nowhere(0, -10'000);
  return draw_paragraph(*ImGui::GetWindowDrawList(), frame.font(Face::Body), nowhere,
                        text_width(frame, width_px), frame.theme.ink, answer_text(frame, answer)) +
         2 * frame.em() * kAnswerPad;
}

void draw_answer(const UiFrame& frame, std::size_t answer, const Rect& box, Intents& intents) {
  const OpenGate& open = *frame.gate;
  const AnswerLook look = look_of_answer(frame, answer);
  const float em = frame.em();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::string id = "answer" + std::to_string(answer);
  const Clicked mouse = click_area(id.c_str(), box);
  const bool can_be_chosen = !open.is_answered();
  const bool is_marked = !can_be_chosen && (answer == open.gate->right || answer == *open.chosen);
  if (is_marked || (can_be_chosen && mouse.hovered)) {
    list.AddRectFilled(box.min(), box.max(), paint(look.hue.soft), em * 0.4F);
  }
  const float stroke = std::max(1.0F, em / 12);
  const Rect edge = box.inset(stroke / 2);
  list.AddRect(edge.min(), edge.max(), paint(is_marked ? look.hue.line : frame.theme.hairline),
               em * 0.4F, 0, stroke);
  const float y = box.y + em * kAnswerPad;
  draw_text(list, frame.font(Face::Strong), {box.x + em * kSignWidth / 2, y}, look.hue.text,
            look.sign, Align::Center);
  draw_paragraph(list, frame.font(Face::Body), {box.x + em * kSignWidth, y},
                 text_width(frame, box.w), look.hue.text, answer_text(frame, answer));
  if (can_be_chosen && mouse.clicked) intents.ask(intent::AnswerGate{answer});
}

}  // namespace mailwalk::gui
