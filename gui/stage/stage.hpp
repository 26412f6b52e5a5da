// The stage: what a class looks at. Machines as cards, links between them, letters lying and
// travelling.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "gui/stage/arrivals.hpp"
#include "gui/stage/scene.hpp"
#include "gui/stage/stage_fit.hpp"
#include "gui/stage/stage_frame.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/kept_drawing.hpp"

namespace mailwalk::gui {

class Stage {
 public:
  // Takes in what is to be shown, if it has changed, and what arrives in the motion that goes on.
  // Once a frame, before draw.
  void look(const SceneRequest& request, std::uint64_t view_version, const Arrivals& arrivals);
  // Shows so much of every scene from the next one on; the whole, unless it is told otherwise.
  void show_only(Extent extent) { extent_ = extent; }

  [[nodiscard]] const Scene& scene() const { return scene_; }
  // Where things stood when it was drawn last.
  [[nodiscard]] const std::vector<StageSpot>& spots() const { return spots_; }
  // These copies stand otherwise in the run that is shown beside this one.
  void mark_unlike(std::vector<journal::CopyId> copies) { unlike_ = std::move(copies); }
  [[nodiscard]] const std::vector<journal::CopyId>& unlike() const { return unlike_; }
  void draw(const UiFrame& frame, const Rect& place, Intents& intents);

 private:
  // What is drawn from beside the view.
  struct Drawn {
    Rect place;
    std::vector<journal::CopyId> unlike;
    friend bool operator==(const Drawn&, const Drawn&) = default;
  };

  // What the fit depends on.
  struct FitFor {
    std::uint64_t scene = 0;  // which of all that were made
    Rect place;
    Mode mode = Mode::Work;
    std::uint64_t fonts = 0;
    friend bool operator==(const FitFor&, const FitFor&) = default;
  };

  void draw_all(const UiFrame& frame, const Rect& place);
  void draw_packets(const StageFrame& frame) const;
  void draw_unlike(const StageFrame& frame) const;
  void react(const UiFrame& frame, const Rect& place, Intents& intents) const;

  Scene scene_;
  std::uint64_t scenes_ = 0;  // that were made
  Extent extent_ = Extent::Whole;
  std::vector<ScenePacket> arriving_;
  std::vector<journal::CopyId> unlike_;
  std::uint64_t view_version_ = 0;
  exporting::Language language_ = exporting::Language::English;
  exporting::Sight sight_ = exporting::Sight::Insider;
  FitFor fit_for_;
  StageFit fit_;
  KeptDrawing<Drawn> kept_;
  std::vector<StageSpot> spots_;  // of what was drawn last
};

}  // namespace mailwalk::gui
