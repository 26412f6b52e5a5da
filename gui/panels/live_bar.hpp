// Over the stage while a lesson is live: that it is, what is new, how it can be called, and its
// end.
#pragma once

#include <cstdint>

#include "gui/live.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

// Who decides where a person stands in a run that grows.
enum class Following : std::uint8_t {
  Newest,  // the run does: what happens is shown as it happens
  Person,  // who looks back, while new events arrive
};

// After a person has asked for this.
Following following_after(const Intent& intent, Following before);

struct LiveStatus {
  Live::Phase phase = Live::Phase::Serving;
  Following following = Following::Newest;
  std::uint64_t news = 0;  // events that nobody has seen
};

// In em.
inline constexpr float kLiveBarHeight = 2.6F;

void draw_live_bar(const UiFrame& frame, const Rect& place, const LiveStatus& status,
                   Intents& intents);

}  // namespace mailwalk::gui
