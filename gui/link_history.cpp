#include "gui/link_history.hpp"

#include <algorithm>
#include <variant>

namespace mailwalk::gui {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

void LinkHistory::change(const Event& event, LinkCondition condition) {
  const auto call = calls_.find(event.connection);
  if (call == calls_.end()) return;
  std::vector<LinkMoment>& moments = moments_[call->second.link];
  if (!moments.empty()) {
    const LinkMoment& last = moments.back();
    const bool is_told = last.connection == event.connection && last.condition == condition;
    // What a connection leaves behind says nothing once another one is there.
    const bool is_over = last.connection > event.connection;
    // The second end that notices a cut line closes in order; it stays a cut line.
    const bool stays_cut = last.connection == event.connection &&
                           condition == LinkCondition::Idle && last.condition == LinkCondition::Cut;
    if (is_told || is_over || stays_cut) return;
  }
  moments.push_back({event.position, condition, call->second.lane, event.connection});
}

void LinkHistory::add(const Event& event) {
  if (const auto* opening = payload_if<ConnectionOpening>(event)) {
    if (opening->to == kNoNode) return;
    const LinkEnds link = link_between(event.node, opening->to);
    calls_[event.connection] = {link, lane_of(opening->port)};
    const auto place = std::lower_bound(links_.begin(), links_.end(), link);
    if (place == links_.end() || *place != link) links_.insert(place, link);
    change(event, LinkCondition::Calling);
  } else if (payload_if<ConnectionOpened>(event) != nullptr) {
    change(event, LinkCondition::Open);
  } else if (payload_if<ConnectionFailed>(event) != nullptr) {
    change(event, LinkCondition::Refused);
  } else if (payload_if<ConnectionReset>(event) != nullptr) {
    change(event, LinkCondition::Cut);
  } else if (payload_if<ConnectionClosing>(event) != nullptr ||
             payload_if<ConnectionClosed>(event) != nullptr) {
    change(event, LinkCondition::Idle);
  }
}

LinkMoment LinkHistory::at(LinkEnds link, EventPosition position) const {
  const auto found = moments_.find(link);
  if (found == moments_.end() || position == kNoEvent) return {kNoEvent};
  const std::vector<LinkMoment>& moments = found->second;
  const auto after =
      std::upper_bound(moments.begin(), moments.end(), position,
                       [](EventPosition p, const LinkMoment& moment) { return p < moment.from; });
  return after == moments.begin() ? LinkMoment{kNoEvent} : *std::prev(after);
}

}  // namespace mailwalk::gui
