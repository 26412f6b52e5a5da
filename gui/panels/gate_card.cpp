#include "gui/panels/gate_card.hpp"

#include <algorithm>
#include <string>

#include "gui/safe_text.hpp"
#include "gui/widgets/flow.hpp"

namespace mailwalk::gui {
namespace {

std::string in_one_piece(const UiFrame& frame, const world::LocalText& text) {
  return safe(frame.language.pick(text));
}

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

void draw_answer(Flow& flow, std::size_t answer, Intents& intents) {
  const UiFrame& frame = flow.frame();
  const OpenGate& open = *frame.gate;
  const AnswerLook look = look_of_answer(frame, answer);
  const float em = flow.em();
  const float indent = em * 2.2F;
  const float pad = em * 0.35F;
  ImFont* font = frame.font(Face::Body);
  const std::string text = in_one_piece(frame, open.gate->answers[answer]);
  const ImVec2 at = flow.cursor();
  const float room = flow.width() - indent - pad;
  // Measured beyond the end of the window, where nothing is seen.
  const float height =
      draw_paragraph(flow.list(), font, {at.x, -10'000}, room, look.hue.text, text);
  const Rect row = flow.take(height + 2 * pad);
  const std::string id = "answer" + std::to_string(answer);
  const Clicked mouse = click_area(id.c_str(), row);
  const bool can_be_chosen = !open.is_answered();
  const bool is_marked = !can_be_chosen && (answer == open.gate->right || answer == *open.chosen);
  if (is_marked || (can_be_chosen && mouse.hovered)) {
    flow.list().AddRectFilled(row.min(), row.max(), paint(look.hue.soft), em * 0.4F);
  }
  flow.list().AddRect(row.min(), row.max(), paint(is_marked ? look.hue.line : frame.theme.hairline),
                      em * 0.4F, 0, std::max(1.0F, em / 12));
  draw_text(flow.list(), frame.font(Face::Strong), {row.x + indent / 2, row.y + pad}, look.hue.text,
            look.sign, Align::Center);
  draw_paragraph(flow.list(), font, {row.x + indent, row.y + pad}, room, look.hue.text, text);
  if (can_be_chosen && mouse.clicked) intents.ask(intent::AnswerGate{answer});
  flow.gap(0.35F);
}

void draw_verdict(Flow& flow) {
  const UiFrame& frame = flow.frame();
  const OpenGate& open = *frame.gate;
  const bool is_right = *open.chosen == open.gate->right;
  const std::string verdict = is_right ? std::string(frame.language.text("gate.right"))
                                       : frame.language.format("gate.wrong", open.gate->right + 1);
  flow.paragraph(Face::Strong, is_right ? frame.theme.names.text : frame.theme.fault.text, verdict);
  flow.gap(0.2F);
  flow.paragraph(Face::Body, frame.theme.ink, in_one_piece(frame, open.gate->why));
}

}  // namespace

void draw_gate(const UiFrame& frame, Intents& intents) {
  const OpenGate& open = *frame.gate;
  Flow flow(frame);
  flow.paragraph(Face::Strong, frame.theme.ink, in_one_piece(frame, open.gate->question));
  flow.gap(0.4F);
  for (std::size_t i = 0; i < open.gate->answers.size(); ++i) draw_answer(flow, i, intents);
  if (open.is_answered()) draw_verdict(flow);
  flow.gap(0.2F);
  flow.paragraph(Face::Small, frame.theme.muted,
                 frame.language.text(open.is_answered() ? "gate.go_on" : "gate.hint"));
}

void draw_gate_over_stage(const UiFrame& frame, const Rect& stage, Intents& intents) {
  const float em = frame.em();
  const Rect card = stage.inset(em * 0.5F);
  ImGui::SetCursorScreenPos(card.min());
  ImGui::PushStyleColor(ImGuiCol_ChildBg, paint(frame.theme.card));
  ImGui::PushStyleColor(ImGuiCol_Border, paint(frame.theme.ink));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(em, em * 0.7F));
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, em * 0.6F);
  ImGui::BeginChild("gate", {card.w, card.h}, true);
  draw_gate(frame, intents);
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(2);
}

}  // namespace mailwalk::gui
