// Which event led to which, as a person would say it.
//
// An event carries the event that set its task going, often the arrival of some octets. A person
// wants to hear of the command in those octets: so what is received is traced to where it was said,
// and what is done on receiving it to its receipt.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "gui/told_events.hpp"
#include "journal/journal.hpp"

namespace mailwalk::gui {

class Causes {
 public:
  // REQUIRES that this is the event after the last one that was added.
  void add(const journal::Event& event);

  // kNoEvent: nothing led to it.
  [[nodiscard]] EventPosition reason(EventPosition of) const;
  // What this event led to at once, in order; at most so many.
  [[nodiscard]] std::vector<EventPosition> effects(EventPosition reason, std::size_t most) const;

 private:
  // An event, and what set its task going.
  struct Moment {
    EventPosition position = kNoEvent;
    EventPosition cause = kNoEvent;
  };
  // On one connection: what was said and has not been received yet, in the order of each kind, and
  // what each machine said and received last.
  struct Talk {
    std::deque<EventPosition> commands, replies, contents;
    std::unordered_map<NodeId, Moment> said, received;
  };

  EventPosition find_reason(const journal::Event& event);
  void remember(const journal::Event& event);

  std::vector<EventPosition> reasons_;
  // A list for each reason: its first effect, and for each effect the next one.
  std::vector<EventPosition> first_, last_, next_;
  std::unordered_map<ConnectionId, Talk> talks_;  // only ever asked for one
};

// The nearest reason that is told; nullopt: there is none.
std::optional<EventPosition> told_cause(const Causes& causes, const ToldEvents& told,
                                        EventPosition of);
// The nearest effects that are told, in order; at most so many.
std::vector<EventPosition> told_effects(const Causes& causes, const ToldEvents& told,
                                        EventPosition of, std::size_t most);

}  // namespace mailwalk::gui
