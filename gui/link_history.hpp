// How the line between two machines stood, at any position: nobody on it, in use, at a standstill,
// cut, refused.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/virtual_time.hpp"
#include "gui/routes.hpp"
#include "gui/selection.hpp"
#include "journal/event.hpp"
#include "net/fault_plan.hpp"

namespace mailwalk::gui {

// Stalled: a fault keeps whatever is said on it from arriving.
enum class LinkCondition : std::uint8_t { Idle, Calling, Open, Stalled, Cut, Refused };

struct LinkMoment {
  EventPosition from;
  LinkCondition condition = LinkCondition::Idle;
  Lane lane = Lane::Push;
  ConnectionId connection = kNoConnection;
};

// A cut or refused line is told as such until it is used again.
class LinkHistory {
 public:
  void add(const journal::Event& event);

  // After the event at that position; Idle and kNoEvent if nobody has called yet.
  [[nodiscard]] LinkMoment at(LinkEnds link, EventPosition position) const;
  // Every pair of machines between which somebody ever called, in the order of their ids.
  [[nodiscard]] const std::vector<LinkEnds>& links() const { return links_; }

 private:
  struct Call {
    LinkEnds link;
    Port port;
    std::uint64_t carried_octets = 0;  // both ways, as far as they arrived
  };
  // What a line is used for, and whether a fault holds it meanwhile.
  struct Standing {
    LinkMoment moment;
    bool is_held = false;
  };

  void change(const journal::Event& event, LinkCondition condition);
  void take_in(const journal::Event& event, const journal::FaultInjected& injected);
  void end_faults(const journal::Event& event);
  void look_at_all(EventPosition now, VirtualTime time);
  void look_at(const Call& call, EventPosition now, VirtualTime time);
  [[nodiscard]] bool is_held(const Call& call, VirtualTime time) const;

  std::map<LinkEnds, std::vector<Standing>> standings_;
  std::vector<LinkEnds> links_;
  std::unordered_map<ConnectionId, Call> calls_;  // only ever asked for one

  net::FaultPlan faults_;                // those that hold a line
  bool any_fault_ = false;               // was ever injected: else there is nothing to look at
  std::vector<VirtualTime> fault_ends_;  // of those that end by themselves
};

}  // namespace mailwalk::gui
