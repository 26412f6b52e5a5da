// Where everything on the stage stands: cards, links between them, bands. Numbers only: no text is
// measured and nothing is drawn, so the same plan in the same room gives the same places.
#pragma once

#include <map>
#include <vector>

#include "gui/selection.hpp"
#include "gui/stage/card_sizes.hpp"
#include "gui/stage/stage_plan.hpp"
#include "gui/ui_frame.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// A machine's card. Across a roomy one, at the height of the links, runs a strip in which nothing
// stands, so that long labels on a link have room.
struct CardPlace {
  Rect rect;
  float strip_y = 0;  // the height of its links, the middle of the strip
  float head_h = 0;   // height of title and subtitle, from the card's top
  float body_y = 0;   // what lies on it begins here
  Density density = Density::Roomy;
  CardKind kind = CardKind::Mta;
  std::size_t column = 0;  // from the left
  std::size_t stack = 0;   // from the left: a column too high for the stage stands in several
};

// The way between two cards, in straight pieces, from the edge of the first to that of the second.
struct LinkPath {
  std::vector<ImVec2> points;
  ImVec2 rest;           // where what travels waits between two steps
  float label_px = 0;    // room for a label there
  float rest_at = 0.5F;  // the part of the way on which it has come there

  // 0 is the first point, 1 the last one.
  [[nodiscard]] ImVec2 at(float fraction) const;
};

// "SMTP pushes", "POP3 pulls".
struct Band {
  Lane lane = Lane::Push;
  Rect rect;
};

struct StageLayout {
  float em = 16;
  Rect area;
  std::map<NodeId, CardPlace> cards;
  std::vector<Band> bands;

  // From one machine to another; empty if one of them has no card. It passes cards that stand
  // between through the gaps below them, so that nobody takes it for theirs.
  [[nodiscard]] LinkPath path(NodeId from, NodeId to) const;
};

// The size of text, in pixels, with which all that the plan may have to show stands at ease.
float easy_text_px(const StagePlan& plan, const Rect& area, HeadStyle head);

// The size of text, in whole pixels and at most `preferred_px`, with which the plan fits into the
// area.
float stage_text_px(const StagePlan& plan, const Rect& area, HeadStyle head, float preferred_px);

// Whether all machines among which mail is pushed have the height that they want, in columns that
// did not have to be split or tightened.
bool is_pushed_at_ease(const StagePlan& plan, const Rect& area, HeadStyle head, float em);

// No two cards overlap and none lies outside, however small the area is.
StageLayout lay_out_stage(const StagePlan& plan, const Rect& area, HeadStyle head, float em);

}  // namespace mailwalk::gui
