#include "gui/panels/lifelines.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "gui/row_words.hpp"
#include "gui/safe_text.hpp"
#include "gui/stage/stage_plan.hpp"
#include "gui/widgets/button.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kNameGap = 0.4F;  // between two names, in em

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

// The height of a line of names.
float head_line(const UiFrame& frame, Face face) {
  return std::round(frame.font(face)->FontSize * 1.16F);
}

}  // namespace

Lifelines::Lifelines(const UiFrame& frame, const Rect& place) : right_(place.right()) {
  const std::vector<NodeId> order = in_order(frame.view, frame.document.index().routes().all());
  step_ = place.w / static_cast<float>(std::max<std::size_t>(order.size(), 1));
  for (std::size_t i = 0; i < order.size(); ++i) {
    const float x = place.x + step_ * (static_cast<float>(i) + 0.5F);
    lines_.push_back({order[i], safe(machine_name(frame, order[i])), x});
  }
}

float Lifelines::x_of(NodeId machine) const {
  const auto found = std::find_if(lines_.begin(), lines_.end(),
                                  [&](const Lifeline& line) { return line.machine == machine; });
  return found == lines_.end() ? right_ : found->x;
}

float Lifelines::room_of_name(const UiFrame& frame, Heads heads) const {
  return step_ * static_cast<float>(heads.lines) - frame.em() * kNameGap;
}

bool Lifelines::has_room(const UiFrame& frame, Heads heads) const {
  const float room = room_of_name(frame, heads);
  return std::all_of(lines_.begin(), lines_.end(), [&](const Lifeline& line) {
    return text_size(line.name, frame.font(heads.face)).x <= room;
  });
}

// Whole and large if that can be; rather smaller than cut.
Lifelines::Heads Lifelines::heads(const UiFrame& frame) const {
  constexpr std::array<Heads, 4> kWays{
      {{Face::Strong, 1}, {Face::Strong, 2}, {Face::Small, 2}, {Face::Small, 3}}};
  const auto found = std::find_if(kWays.begin(), kWays.end(),
                                  [&](const Heads& heads) { return has_room(frame, heads); });
  return found == kWays.end() ? kWays.back() : *found;
}

float Lifelines::head_height(const UiFrame& frame) const {
  const Heads it = heads(frame);
  return head_line(frame, it.face) * static_cast<float>(it.lines);
}

void Lifelines::draw_heads(const UiFrame& frame, const Rect& place, Intents& intents) const {
  const Heads it = heads(frame);
  const float half = room_of_name(frame, it) / 2;
  const float head = head_line(frame, it.face);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = frame.font(it.face);
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Lifeline& line = lines_[i];
    // At an edge there is less room on one side, and the name moves to the other.
    const float left = std::min(line.x - place.x, half);
    const float right = std::min(place.right() - line.x, half);
    const std::string shown = fitted(line.name, font, std::max(left + right, 1.0F));
    const float width = text_size(shown, font).x;
    const float x =
        std::clamp(line.x - width / 2, place.x, std::max(place.right() - width, place.x));
    const float y = place.y + head * static_cast<float>(i % it.lines);
    ImGui::PushID(static_cast<int>(line.machine.value()));
    ImGui::SetCursorScreenPos({x, y});
    if (ImGui::InvisibleButton("head", {std::max(width, 1.0F), head})) {
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
