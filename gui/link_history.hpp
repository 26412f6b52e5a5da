// How the line between two machines stood, at any position: nobody on it, in use, cut, refused.
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "gui/routes.hpp"
#include "gui/selection.hpp"
#include "journal/event.hpp"

namespace mailwalk::gui {

enum class LinkCondition : std::uint8_t { Idle, Calling, Open, Cut, Refused };

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
    Lane lane = Lane::Push;
  };
  void change(const journal::Event& event, LinkCondition condition);

  std::map<LinkEnds, std::vector<LinkMoment>> moments_;
  std::vector<LinkEnds> links_;
  std::unordered_map<ConnectionId, Call> calls_;  // only ever asked for one
};

}  // namespace mailwalk::gui
