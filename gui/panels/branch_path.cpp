#include "gui/panels/branch_path.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gui/safe_text.hpp"
#include "gui/widgets/button.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::gui {
namespace {

constexpr const char* kThen = "›";
constexpr float kPathWanted = 14;   // of the way to a branch, in em
constexpr float kBranchWidth = 26;  // of a row in the menu, in em

std::string name_of_branch(const UiFrame& frame, const OpenRun& run) {
  return safe(frame.language.pick(run.name));
}
Color color_of(const UiFrame& frame, const OpenRun& run) {
  return run.origin ? frame.theme.fault.text : frame.theme.muted;
}

// A name that is too long keeps its end: what was changed, and where.
std::string end_fitted(const std::string& name, ImFont* font, float room) {
  if (text_size(name, font).x <= room) return name;
  std::string_view end(name);
  while (!end.empty() && text_size(end, font).x > room - text_size("…", font).x) {
    end.remove_prefix(std::max<std::size_t>(wire::utf8_length(end), 1));
  }
  return "…" + std::string(end);
}

// All branches, each below what it was forked from.
void draw_menu(const UiFrame& frame, const OpenRuns& runs, std::size_t shown, Intents& intents) {
  const float em = frame.em();
  ImFont* font = frame.font(Face::Body);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(em * 0.7F, em * 0.7F));
  hang_popup_below(frame, em * (kBranchWidth + 1.4F));
  if (ImGui::BeginPopup("branches")) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      ImGui::PushID(static_cast<int>(i));
      const float width = em * kBranchWidth;
      if (ImGui::Selectable("##branch", i == shown, 0, {width, em * 1.8F})) {
        intents.ask(intent::ShowDocument{i});
      }
      const ImVec2 at = ImGui::GetItemRectMin();
      const float indent = em * (0.4F + static_cast<float>(way_to(runs, i).size() - 1));
      draw_text(*ImGui::GetWindowDrawList(), font, {at.x + indent, at.y + em * 0.35F},
                color_of(frame, runs[i]),
                fitted(name_of_branch(frame, runs[i]), font, width - indent - em));
      ImGui::PopID();
    }
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

// "main › line cut after DELE"; the way is left out from its beginning where there is no room.
// Returns its width.
float draw_path(const UiFrame& frame, const Rect& place, const OpenRuns& runs, std::size_t shown) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = frame.font(Face::Strong);
  const float y = place.center().y - font->FontSize / 2;
  const float step = text_size(kThen, font).x + frame.em();
  const std::vector<std::size_t> way = way_to(runs, shown);
  std::size_t first = way.size() - 1;
  float width = text_size(name_of_branch(frame, runs[way[first]]), font).x;
  while (first > 0) {
    const float wider =
        width + step + text_size(name_of_branch(frame, runs[way[first - 1]]), font).x;
    if (wider > place.w) break;
    width = wider;
    --first;
  }
  float x = place.x;
  for (std::size_t i = first; i < way.size(); ++i) {
    if (i > first) {
      draw_text(list, font, {x + frame.em() / 2, y}, frame.theme.muted, kThen);
      x += step;
    }
    const std::string name =
        end_fitted(name_of_branch(frame, runs[way[i]]), font, place.right() - x);
    draw_text(list, font, {x, y}, color_of(frame, runs[way[i]]), name);
    x += text_size(name, font).x;
  }
  return x - place.x;
}

// A click on it lists all branches.
void draw_way(const UiFrame& frame, const Rect& path, const OpenRuns& runs, std::size_t shown,
              Intents& intents) {
  const float width = draw_path(frame, path, runs, shown);
  ImGui::SetCursorScreenPos({path.x, path.center().y - button_height(frame) / 2});
  if (ImGui::InvisibleButton("branch", {std::max(width, 1.0F), button_height(frame)})) {
    ImGui::OpenPopup("branches");
  }
  tooltip(frame, frame.language.text("bar.branches"));
  draw_menu(frame, runs, shown, intents);
}

}  // namespace

void draw_branch_path(const UiFrame& frame, const Rect& place, const OpenRuns& runs,
                      std::size_t shown, Intents& intents) {
  const float em = frame.em();
  const std::string beside(frame.language.text("bar.side_by_side"));
  const float beside_width = button_width(frame, beside);
  float right = place.right();
  // In a narrow bar the name of the branch comes first; a key does the same.
  const float path_wanted = runs.size() < 2 ? 0 : em * kPathWanted;
  if (place.w > beside_width + path_wanted) {
    right -= beside_width;
    ImGui::SetCursorScreenPos({right, place.center().y - button_height(frame) / 2});
    if (button(frame, "side_by_side", beside, {.emphasis = Emphasis::Quiet})) {
      intents.ask(intent::ShowSideBySide{});
    }
    tooltip(frame, frame.language.text("keys.side_by_side"));
  }
  const Rect path{place.x + em, place.y, right - place.x - em * 2, place.h};
  if (runs.size() < 2 || path.w < em * 3) return;
  draw_way(frame, path, runs, shown, intents);
}

void draw_branch_bar(const UiFrame& frame, const Rect& place, const OpenRuns& runs,
                     std::size_t shown, Intents& intents) {
  if (place.h <= 0) return;
  const float em = frame.em();
  const Theme& theme = frame.theme;
  const bool is_branch = runs[shown].origin.has_value();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGui::PushID("branch_bar");
  list.AddRectFilled(place.min(), place.max(), paint(is_branch ? theme.fault.soft : theme.card),
                     em * 0.5F);
  list.AddRect(place.min(), place.max(), paint(is_branch ? theme.fault.line : theme.hairline),
               em * 0.5F, 0, std::max(1.0F, em / 12));
  draw_way(frame, {place.x + em * 0.8F, place.y, place.w - em * 1.6F, place.h}, runs, shown,
           intents);
  ImGui::PopID();
}

}  // namespace mailwalk::gui
