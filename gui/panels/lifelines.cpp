#include "gui/panels/lifelines.hpp"

#include <algorithm>

#include "gui/row_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/stage/stage_plan.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kHeadLine = 1.4F;  // of a name's line, in em

std::vector<NodeId> in_order(const journal::WorldView& view, const std::vector<Route>& routes) {
  std::vector<PlanMachine> machines;
  for (const auto& [id, machine] : view.machines) {
    machines.push_back({id, machine->roles, !machine->accounts.empty(),
                        static_cast<std::uint32_t>(machine->maildrops.size())});
  }
  const StagePlan plan = plan_stage(machines, routes);
  std::vector<NodeId> order;
  for (const auto& column : plan.columns) {
    for (const PlannedMachine& machine : column) order.push_back(machine.id);
  }
  for (const PlannedMachine& machine : plan.apart) order.push_back(machine.id);
  return order;
}

}  // namespace

Lifelines::Lifelines(const UiFrame& frame, const Rect& place) : right_(place.right()) {
  const std::vector<NodeId> order = in_order(frame.view, frame.document.index().routes().all());
  step_ = place.w / static_cast<float>(std::max<std::size_t>(order.size(), 1));
  for (std::size_t i = 0; i < order.size(); ++i) {
    const float x = place.x + step_ * (static_cast<float>(i) + 0.5F);
    lines_.push_back({order[i], machine_name(frame, order[i]), x});
  }
}

float Lifelines::x_of(NodeId machine) const {
  const auto found = std::find_if(lines_.begin(), lines_.end(),
                                  [&](const Lifeline& line) { return line.machine == machine; });
  return found == lines_.end() ? right_ : found->x;
}

bool Lifelines::is_staggered(const UiFrame& frame) const {
  ImFont* font = frame.font(Face::Strong);
  return std::any_of(lines_.begin(), lines_.end(), [&](const Lifeline& line) {
    return text_size(line.name, font).x > step_ - frame.em() * 0.4F;
  });
}

float Lifelines::head_height(const UiFrame& frame) const {
  return frame.em() * kHeadLine * (is_staggered(frame) ? 2.0F : 1.0F);
}

void Lifelines::draw_heads(const UiFrame& frame, const Rect& place, Intents& intents) const {
  const float em = frame.em();
  const bool staggered = is_staggered(frame);
  const float half = (staggered ? step_ : step_ / 2) - em * 0.2F;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = frame.font(Face::Strong);
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Lifeline& line = lines_[i];
    // At an edge there is less room on one side, and the name moves to the other.
    const float left = std::min(line.x - place.x, half);
    const float right = std::min(place.right() - line.x, half);
    const std::string shown = fitted(line.name, font, std::max(left + right, 1.0F));
    const float width = text_size(shown, font).x;
    const float x =
        std::clamp(line.x - width / 2, place.x, std::max(place.right() - width, place.x));
    const float y = place.y + (staggered && i % 2 == 1 ? em * kHeadLine : 0);
    ImGui::PushID(static_cast<int>(line.machine.value()));
    ImGui::SetCursorScreenPos({x, y});
    if (ImGui::InvisibleButton("head", {std::max(width, 1.0F), em * kHeadLine})) {
      intents.ask(intent::Select{line.machine});
    }
    if (ImGui::IsItemClicked(ImGuiMouseButton_Right)) {
      const ImVec2 mouse = ImGui::GetIO().MousePos;
      intents.ask(intent::OfferMenu{line.machine, mouse.x, mouse.y});
    }
    tooltip(frame, line.name);
    const bool chosen = is_selected(frame.selection, line.machine);
    draw_text(list, font, {x, y}, chosen ? frame.theme.smtp.text : frame.theme.ink, shown);
    ImGui::PopID();
  }
}

void Lifelines::draw_lines(const UiFrame& frame, const Rect& place) const {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float thin = std::max(1.0F, frame.em() / 14);
  for (const Lifeline& line : lines_) {
    const bool chosen = is_selected(frame.selection, line.machine);
    list.AddLine({line.x, place.y}, {line.x, place.bottom()},
                 paint(chosen ? frame.theme.ink : frame.theme.hairline), chosen ? thin * 2 : thin);
  }
}

}  // namespace mailwalk::gui
