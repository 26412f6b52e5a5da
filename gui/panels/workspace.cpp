#include "gui/panels/workspace.hpp"

#include <algorithm>
#include <numeric>

namespace mailwalk::gui {
namespace {

// In em.
constexpr float kTopBar = 3.0F;
constexpr float kPanelGap = 0.75F;
constexpr float kCaption = 2.0F;
constexpr float kTransport = 3.4F;
constexpr float kFoldedBar = 2.2F;       // height of a folded panel at the right
constexpr float kFoldedColumn = 9.0F;    // width of one below: its title must be legible
constexpr float kSmallestStage = 0.35F;  // of the height that there is
// Of the height, in presentation mode: as much before the answer as after it, so that the stage
// stands still.
constexpr float kQuestion = 0.41F;
// Who takes larger type wants to read the stage: with so much room it is set as large as the
// panels, and for that the docks yield, at first so far that a few lines remain, then to their
// titles.
constexpr float kStageLinesWanted = 15;
constexpr float kStageLinesNeeded = 10;
constexpr float kStageColumnsWanted = 45;
constexpr float kDockLines = 7;
constexpr float kDockColumns = 12;

// Divides a length among panels: folded ones take their fixed length, the others the rest by
// weight, but none more than it needs.
std::vector<float> divide(const std::vector<DockedPanel>& panels, float length, float folded_length,
                          float gap) {
  const float gaps = gap * static_cast<float>(panels.empty() ? 0 : panels.size() - 1);
  const auto is_folded = [](const DockedPanel& panel) { return panel.folded == Folded::Yes; };
  const auto folded =
      folded_length * static_cast<float>(std::count_if(panels.begin(), panels.end(), is_folded));
  const float room = std::max(length - gaps, 0.0F);
  const float squeeze = folded > room ? room / folded : 1.0F;
  float rest = std::max(room - folded * squeeze, 0.0F);
  std::vector<float> lengths(panels.size(), folded_length * squeeze);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    if (!is_folded(panels[i])) open.push_back(i);
  }
  while (!open.empty()) {
    float weights = 0;
    for (const std::size_t i : open) weights += panels[i].weight;
    const auto share = [&](std::size_t i) { return rest * panels[i].weight / weights; };
    const auto sated = std::find_if(open.begin(), open.end(),
                                    [&](std::size_t i) { return panels[i].most_px < share(i); });
    // The last one takes what is left.
    if (sated == open.end() || open.size() == 1) {
      for (const std::size_t i : open) lengths[i] = share(i);
      break;
    }
    lengths[*sated] = panels[*sated].most_px;
    rest -= panels[*sated].most_px;
    open.erase(sated);
  }
  return lengths;
}

bool all_folded(const std::vector<DockedPanel>& panels) {
  return std::all_of(panels.begin(), panels.end(),
                     [](const DockedPanel& panel) { return panel.folded == Folded::Yes; });
}

// What the banner takes is taken from the stage.
void place_banner(const WorkspaceRequest& request, Workspace& space) {
  if (request.banner_em <= 0) return;
  Rect& stage = space.stage;
  const float height = std::min(request.em * request.banner_em, stage.h * 0.3F);
  const float taken = std::min(height + request.em * 0.4F, stage.h * 0.4F);
  space.banner = {stage.x, stage.y, stage.w, height};
  stage.y += taken;
  stage.h -= taken;
}

Workspace present(const WorkspaceRequest& request) {
  const float em = request.em;
  const float transport = std::min(em * 2.5F, request.height * 0.2F);
  const float caption = request.asked == Asked::Question
                            ? request.height * kQuestion
                            : std::min(em * 2.85F, request.height * 0.15F);
  const float gap = em * 0.35F;
  const float width = std::max(request.width - 2 * gap, 1.0F);
  Workspace space;
  space.transport = {gap, request.height - transport, width, transport};
  space.caption = {gap, space.transport.y - caption, width, caption};
  space.stage = {gap, gap, width, std::max(space.caption.y - 2 * gap, 1.0F)};
  if (request.asked == Asked::Question) space.caption.h -= gap;
  place_banner(request, space);
  return space;
}

// Of a height for the dock below, and for what is above it.
float most_for_bottom(float em, float room) {
  const float below_stage = em * (kCaption + kTransport + 2 * kPanelGap);
  const float at_ease = room - below_stage - em * kStageLinesWanted;
  if (at_ease >= em * kDockLines) return at_ease;
  const float at_need = room - below_stage - em * kStageLinesNeeded;
  return std::clamp(at_need, em * kFoldedBar, em * kDockLines);
}

// The dock below; returns where what is above it ends.
float place_bottom(const WorkspaceRequest& request, float gap, float top, Workspace& space) {
  const float end = request.height - gap;
  if (request.bottom.empty()) return end;
  const float room = end - top;
  float height =
      all_folded(request.bottom) ? request.em * kFoldedBar : request.height * request.bottom_share;
  height = std::clamp(height, 0.0F, std::max(room * (1 - kSmallestStage), 0.0F));
  height = std::min(height, most_for_bottom(request.em, room - gap));
  const float y = end - height;
  float x = gap;
  for (const float width :
       divide(request.bottom, request.width - 2 * gap, request.em * kFoldedColumn, gap)) {
    space.bottom.push_back({x, y, width, height});
    x += width + gap;
  }
  if (!all_folded(request.bottom)) space.bottom_edge = {gap, y - gap, request.width - 2 * gap, gap};
  return y - gap;
}

// The dock at the right; returns where what is left of it ends.
float place_right(const WorkspaceRequest& request, float gap, float top, float bottom,
                  Workspace& space) {
  const float end = request.width - gap;
  if (request.right.empty()) return end;
  float width =
      all_folded(request.right) ? request.em * kFoldedColumn : request.width * request.right_share;
  width = std::clamp(width, 0.0F, std::max((end - gap) * 0.6F, 0.0F));
  const float most = end - 2 * gap - request.em * kStageColumnsWanted;
  width = std::min(width, std::max(most, request.em * kDockColumns));
  const float x = end - width;
  float y = top;
  for (const float height : divide(request.right, bottom - top, request.em * kFoldedBar, gap)) {
    space.right.push_back({x, y, width, height});
    y += height + gap;
  }
  if (!all_folded(request.right)) space.right_edge = {x - gap, top, gap, bottom - top};
  return x - gap;
}

}  // namespace

Workspace lay_out_workspace(const WorkspaceRequest& request) {
  if (request.mode == Mode::Present) return present(request);
  const float em = request.em;
  const float gap = std::min(em * kPanelGap, request.width * 0.02F);
  Workspace space;
  const float bar = std::min(em * kTopBar, request.height * 0.2F);
  space.top_bar = {0, 0, request.width, bar};
  const float top = bar + gap;
  const float bottom = std::max(place_bottom(request, gap, top, space), top);
  const float right = std::max(place_right(request, gap, top, bottom, space), gap + 1);

  const float width = right - gap;
  const float room = std::max(bottom - top, 3.0F);
  const float transport = std::min(em * kTransport, room * 0.25F);
  const float caption = std::min(em * kCaption, room * 0.2F);
  const float inner_gap = std::min(gap, room * 0.05F);
  space.transport = {gap, bottom - transport, width, transport};
  space.caption = {gap, space.transport.y - inner_gap - caption, width, caption};
  space.stage = {gap, top, width, std::max(space.caption.y - top, 1.0F)};
  place_banner(request, space);
  return space;
}

}  // namespace mailwalk::gui
