#include "gui/panels/splitter.hpp"

#include <algorithm>
#include <string>

namespace mailwalk::gui {
namespace {

enum class Axis : std::uint8_t { Across, Down };

// How far the edge was pulled in this frame, in pixels; 0 if it was not.
float pulled(const char* id, const Rect& edge, Axis axis) {
  if (edge.w <= 0 || edge.h <= 0) return 0;
  ImGui::SetCursorScreenPos(edge.min());
  ImGui::InvisibleButton(id, {edge.w, edge.h});
  if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
    ImGui::SetMouseCursor(axis == Axis::Across ? ImGuiMouseCursor_ResizeEW
                                               : ImGuiMouseCursor_ResizeNS);
  }
  if (!ImGui::IsItemActive()) return 0;
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  return axis == Axis::Across ? moved.x : moved.y;
}

// The edge between two neighbours of one dock moves weight from one to the other.
void pull_neighbours(const UiFrame& frame, const Panel& first, const Panel& second,
                     const Rect& first_place, const Rect& second_place, Axis axis,
                     Intents& intents) {
  const PanelSetting a = panel_setting(frame.settings, first.key());
  const PanelSetting b = panel_setting(frame.settings, second.key());
  if (a.folded == Folded::Yes || b.folded == Folded::Yes) return;
  const bool across = axis == Axis::Across;
  const Rect edge = across ? Rect{first_place.right(), first_place.y,
                                  second_place.x - first_place.right(), first_place.h}
                           : Rect{first_place.x, first_place.bottom(), first_place.w,
                                  second_place.y - first_place.bottom()};
  const float length = across ? first_place.w + second_place.w : first_place.h + second_place.h;
  const float by = pulled(std::string(first.key()).c_str(), edge, axis);
  if (by == 0 || length <= 0) return;
  const float moved = by / length * (a.weight + b.weight);
  const float least = 0.15F * (a.weight + b.weight);
  if (a.weight + moved < least || b.weight - moved < least) return;
  intents.ask(intent::ResizePanel{std::string(first.key()), a.weight + moved});
  intents.ask(intent::ResizePanel{std::string(second.key()), b.weight - moved});
}

void pull_inside(const UiFrame& frame, const std::vector<Rect>& places, Dock dock,
                 const std::vector<std::unique_ptr<Panel>>& panels, Intents& intents) {
  std::vector<const Panel*> there;
  for (const auto& panel : panels) {
    if (panel->dock() == dock) there.push_back(panel.get());
  }
  const Axis axis = dock == Dock::Bottom ? Axis::Across : Axis::Down;
  for (std::size_t i = 0; i + 1 < std::min(there.size(), places.size()); ++i) {
    pull_neighbours(frame, *there[i], *there[i + 1], places[i], places[i + 1], axis, intents);
  }
}

}  // namespace

void draw_splitters(const UiFrame& frame, const Workspace& space,
                    const std::vector<std::unique_ptr<Panel>>& panels, Intents& intents) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const Settings& settings = frame.settings;
  const float right = pulled("right_edge", space.right_edge, Axis::Across);
  const float bottom = pulled("bottom_edge", space.bottom_edge, Axis::Down);
  if (right != 0 || bottom != 0) {
    intents.ask(intent::ResizeDocks{settings.right_share - right / std::max(size.x, 1.0F),
                                    settings.bottom_share - bottom / std::max(size.y, 1.0F)});
  }
  pull_inside(frame, space.right, Dock::Right, panels, intents);
  pull_inside(frame, space.bottom, Dock::Bottom, panels, intents);
}

}  // namespace mailwalk::gui
