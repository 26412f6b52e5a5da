#include "gui/link_history.hpp"

#include <algorithm>
#include <variant>

namespace mailwalk::gui {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

// ---- Who uses the line -------------------------------------------------------------------------

void LinkHistory::change(const Event& event, LinkCondition condition) {
  const auto found = calls_.find(event.connection);
  if (found == calls_.end()) return;
  const Call& call = found->second;
  std::vector<Standing>& standings = standings_[call.link];
  if (!standings.empty()) {
    const LinkMoment& last = standings.back().moment;
    const bool is_told = last.connection == event.connection && last.condition == condition;
    // What a connection leaves behind says nothing once another one is there.
    const bool is_over = last.connection > event.connection;
    // The second end that notices a cut line closes in order; it stays a cut line.
    const bool stays_cut = last.connection == event.connection &&
                           condition == LinkCondition::Idle && last.condition == LinkCondition::Cut;
    if (is_told || is_over || stays_cut) return;
  }
  standings.push_back({{event.position, condition, lane_of(call.port), event.connection},
                       is_held(call, event.time)});
}

void LinkHistory::add(const Event& event) {
  end_faults(event);
  if (const auto* opening = payload_if<ConnectionOpening>(event)) {
    if (opening->to == kNoNode) return;
    const LinkEnds link = link_between(event.node, opening->to);
    calls_[event.connection] = {link, opening->port};
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
  } else if (const auto* delivered = payload_if<BytesDelivered>(event)) {
    const auto call = calls_.find(event.connection);
    if (call == calls_.end()) return;
    call->second.carried_octets += delivered->size;
    if (any_fault_) look_at(call->second, event.position, event.time);
  } else if (const auto* injected = payload_if<FaultInjected>(event)) {
    take_in(event, *injected);
  }
}

// ---- What holds it -----------------------------------------------------------------------------

void LinkHistory::take_in(const Event& event, const FaultInjected& injected) {
  if (injected.fault == Fault::Clear) {
    faults_.clear(event.node, injected.other);
  } else if (injected.fault == Fault::Stall || injected.fault == Fault::Unreachable) {
    net::LinkFault fault;
    fault.kind = injected.fault;
    fault.a = event.node;
    fault.b = injected.other;
    fault.port = injected.port;
    fault.after_bytes = injected.after_bytes;
    if (injected.lasts > Duration{}) {
      fault.until = event.time + injected.lasts;
      fault_ends_.push_back(*fault.until);
    }
    faults_.add(fault);
    any_fault_ = true;
  } else {
    return;
  }
  look_at_all(event.position, event.time);
}

// No event tells that a fault is over; the first one after it shows the line free.
void LinkHistory::end_faults(const Event& event) {
  const auto is_over = [&](VirtualTime end) { return end <= event.time; };
  if (std::erase_if(fault_ends_, is_over) > 0) look_at_all(event.position, event.time);
}

bool LinkHistory::is_held(const Call& call, VirtualTime time) const {
  const auto [a, b] = call.link;
  const net::LinkFault* stall = faults_.find(Fault::Stall, a, b, call.port, time);
  return (stall != nullptr && call.carried_octets >= stall->after_bytes) ||
         faults_.find(Fault::Unreachable, a, b, call.port, time) != nullptr;
}

void LinkHistory::look_at_all(EventPosition now, VirtualTime time) {
  for (const auto& [link, standings] : standings_) {
    const auto call = calls_.find(standings.back().moment.connection);
    if (call != calls_.end()) look_at(call->second, now, time);
  }
}

void LinkHistory::look_at(const Call& call, EventPosition now, VirtualTime time) {
  std::vector<Standing>& standings = standings_[call.link];
  const bool held = is_held(call, time);
  if (standings.empty() || standings.back().is_held == held) return;
  standings.push_back({standings.back().moment, held});
  standings.back().moment.from = now;
}

// ---- Asking ------------------------------------------------------------------------------------

LinkMoment LinkHistory::at(LinkEnds link, EventPosition position) const {
  const auto found = standings_.find(link);
  if (found == standings_.end() || position == kNoEvent) return {kNoEvent};
  const std::vector<Standing>& standings = found->second;
  const auto after = std::upper_bound(
      standings.begin(), standings.end(), position,
      [](EventPosition p, const Standing& standing) { return p < standing.moment.from; });
  if (after == standings.begin()) return {kNoEvent};
  const Standing& now = *std::prev(after);
  LinkMoment moment = now.moment;
  const bool is_broken =
      moment.condition == LinkCondition::Cut || moment.condition == LinkCondition::Refused;
  if (now.is_held && !is_broken) moment.condition = LinkCondition::Stalled;
  return moment;
}

}  // namespace mailwalk::gui
