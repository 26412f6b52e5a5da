// Which event led to which, as a person would say it.
//
// An event carries the event that set its task going, often the arrival of some octets. A person
// wants to hear of the command in those octets: so what is received is traced to where it was said,
// and what is done on receiving it to its receipt.
#pragma once

#include <cstddef>
#include <cstdint>
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
  enum class Words : std::uint8_t { Command, Content, Reply };
  struct Said {
    Words what;
    EventPosition position;
  };
  // On one connection: what each side said and the other has not received yet, in order, and what
  // each machine said and received last.
  struct Talk {
    std::deque<Said> by_client, by_server;
    std::unordered_map<NodeId, Moment> said, received;
  };

  static EventPosition take(std::deque<Said>& waiting, Words what, EventPosition otherwise);
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
