#include "gui/panels/gate_card.hpp"

#include <string>

#include "gui/panels/answer_box.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/flow.hpp"

namespace mailwalk::gui {
namespace {

void draw_verdict(Flow& flow) {
  const UiFrame& frame = flow.frame();
  const OpenGate& open = *frame.gate;
  const bool is_right = *open.chosen == open.gate->right;
  const std::string verdict = is_right ? std::string(frame.language.text("gate.right"))
                                       : frame.language.format("gate.wrong", open.gate->right + 1);
  flow.paragraph(Face::Strong, is_right ? frame.theme.names.text : frame.theme.fault.text, verdict);
  flow.gap(0.2F);
  flow.paragraph(Face::Body, frame.theme.ink, safe(frame.language.pick(open.gate->why)));
}

// What to press now.
std::string_view hint(const UiFrame& frame) {
  const OpenGate& open = *frame.gate;
  if (!open.is_answered()) return frame.language.text("gate.hint");
  return frame.language.text(open.is_last ? "gate.go_on" : "gate.next");
}

}  // namespace

void draw_gate(const UiFrame& frame, Intents& intents) {
  const OpenGate& open = *frame.gate;
  Flow flow(frame);
  flow.paragraph(Face::Strong, frame.theme.ink, safe(frame.language.pick(open.gate->question)));
  flow.gap(0.4F);
  for (std::size_t i = 0; i < open.gate->answers.size(); ++i) {
    draw_answer(frame, i, flow.take(answer_height(frame, i, flow.width())), intents);
    flow.gap(0.35F);
  }
  if (open.is_answered()) draw_verdict(flow);
  flow.gap(0.2F);
  flow.paragraph(Face::Small, frame.theme.muted, hint(frame));
}

}  // namespace mailwalk::gui
