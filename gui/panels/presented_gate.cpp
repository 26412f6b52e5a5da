#include "gui/panels/presented_gate.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "gui/panels/answer_box.hpp"
#include "gui/panels/panel_frame.hpp"
#include "gui/safe_text.hpp"
#include "gui/widgets/flow.hpp"

namespace mailwalk::gui {
namespace {

// All to choose from; then the right one, and the one that was chosen instead.
std::vector<std::size_t> answers_in_sight(const OpenGate& open) {
  std::vector<std::size_t> answers;
  for (std::size_t i = 0; i < open.gate->answers.size(); ++i) {
    if (!open.is_answered() || i == open.gate->right || i == *open.chosen) answers.push_back(i);
  }
  return answers;
}

// Long answers are wider than short ones, so that none is much higher than the others.
std::vector<float> widths_beside(const UiFrame& frame, const std::vector<std::size_t>& answers,
                                 float room) {
  std::vector<float> lengths;
  for (const std::size_t answer : answers) lengths.push_back(answer_length(frame, answer));
  const float all = std::accumulate(lengths.begin(), lengths.end(), 0.0F);
  const float even = 0.5F / static_cast<float>(answers.size());
  for (float& length : lengths) length = room * (even + 0.5F * length / std::max(all, 1.0F));
  return lengths;
}

// Side by side, all as high as the highest.
void draw_answers_beside(Flow& flow, Intents& intents) {
  const UiFrame& frame = flow.frame();
  const std::vector<std::size_t> answers = answers_in_sight(*frame.gate);
  const float gap = flow.em() * 0.4F;
  const float gaps = gap * static_cast<float>(answers.size() - 1);
  const std::vector<float> widths = widths_beside(frame, answers, flow.width() - gaps);
  float height = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    height = std::max(height, answer_height(frame, answers[i], widths[i]));
  }
  const Rect row = flow.take(height);
  float x = row.x;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    draw_answer(frame, answers[i], {x, row.y, widths[i], height}, intents);
    x += widths[i] + gap;
  }
}

}  // namespace

float draw_presented_gate(const UiFrame& frame, const Rect& place, Intents& intents) {
  const float em = frame.em();
  const OpenGate& open = *frame.gate;
  draw_card(frame, place);
  const ImVec2 margin(em * 0.7F, em * 0.35F);
  ImGui::SetCursorScreenPos({place.x + margin.x, place.y + margin.y});
  ImGui::BeginChild("gate", {place.w - 2 * margin.x, place.h - 2 * margin.y}, false,
                    ImGuiWindowFlags_NoBackground);
  const float top = ImGui::GetCursorPosY();
  {
    Flow flow(frame);
    if (!open.is_answered()) {
      flow.paragraph(Face::Strong, frame.theme.ink, safe(frame.language.pick(open.gate->question)));
      flow.gap(0.2F);
    }
    draw_answers_beside(flow, intents);
    if (open.is_answered()) {
      flow.gap(0.2F);
      flow.paragraph(Face::Body, frame.theme.ink, safe(frame.language.pick(open.gate->why)));
    }
  }
  const float height = ImGui::GetCursorPosY() - top + 2 * margin.y;
  ImGui::EndChild();
  return height;
}

}  // namespace mailwalk::gui
