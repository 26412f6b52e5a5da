// How the window is divided: bar, stage, transport, and the docks of panels at the right and below.
#pragma once

#include <cstdint>
#include <vector>

#include "gui/settings.hpp"
#include "gui/ui_frame.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// A panel in its dock, before it has a place.
struct DockedPanel {
  Folded folded = Folded::No;
  float weight = 1;      // of the dock's length, against the others that are not folded
  float most_px = 1e6F;  // it needs no more: the others have the rest, if one of them is not folded
};

// Whether a gate asks something.
enum class Asked : std::uint8_t { Nothing, Question };

struct WorkspaceRequest {
  float width = 0, height = 0;  // of the window, in pixels
  float em = 16;
  Mode mode = Mode::Work;
  float right_share = 0.28F, bottom_share = 0.34F;
  std::vector<DockedPanel> right, bottom;
  float banner_em = 0;  // the height of a bar over the stage; 0: there is none
  Asked asked = Asked::Nothing;
};

// All in pixels of the window. Nothing overlaps, and nothing is outside of it.
struct Workspace {
  Rect top_bar;    // none in presentation mode
  Rect banner;     // a bar over the stage, or none
  Rect stage;      //
  Rect caption;    // one line or two; in presentation mode, a question takes its place
  Rect transport;  //
  std::vector<Rect> right, bottom;  // a place for each panel, folded ones too
  Rect right_edge, bottom_edge;     // to be pulled; none where there is no dock
};

Workspace lay_out_workspace(const WorkspaceRequest& request);

}  // namespace mailwalk::gui
