// Two runs beside each other: which event of the one is which event of the other.
//
// Not by number and not by the clock, which drift apart at the first difference, but by cause: two
// events are partners if the same thing happened at the same machine because of partners. What is
// said on a connection is paired within the connection, so that one command more on one side does
// not part all that follows it.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "journal/journal.hpp"
#include "world/event_descent.hpp"

namespace mailwalk::world {

enum class Likeness : std::uint8_t {
  Same,      // partners that tell the same; when, does not matter
  Differs,   // partners that tell something else: another reply, another mode
  OnlyLeft,  // without a partner, or the partner comes elsewhere
  OnlyRight,
};

// One step of both runs together: an event of each, or of one of them.
struct PairedStep {
  std::uint64_t left_events = 0;  // so many events of each run have happened after it
  std::uint64_t right_events = 0;
  Likeness likeness = Likeness::Same;

  // The event of this step. REQUIRES that there is one on this side.
  [[nodiscard]] EventPosition left() const { return EventPosition{left_events - 1}; }
  [[nodiscard]] EventPosition right() const { return EventPosition{right_events - 1}; }
};

class Pairing {
 public:
  // Of the journals as they are now; they need not live on.
  Pairing(const journal::Journal& left, const journal::Journal& right);

  // The partner; nullopt if there is none. REQUIRES that the event was in the journal.
  [[nodiscard]] std::optional<EventPosition> right_of(EventPosition left) const;
  [[nodiscard]] std::optional<EventPosition> left_of(EventPosition right) const;

  // Every event of both runs once, each run in its own order.
  [[nodiscard]] const std::vector<PairedStep>& steps() const { return steps_; }

 private:
  friend class PairingWork;
  Pairing(std::uint64_t left_events, std::uint64_t right_events)
      : right_of_(left_events, kNoEvent), left_of_(right_events, kNoEvent) {}

  std::vector<EventPosition> right_of_;  // by position on the left; kNoEvent: none
  std::vector<EventPosition> left_of_;
  std::vector<PairedStep> steps_;
};

// The same, a piece at a time, while a window goes on.
class PairingWork {
 public:
  // Of the journals as they are now; both must stay until it is done.
  PairingWork(const journal::Journal& left, const journal::Journal& right);

  // One piece. False: all is done.
  bool step();
  [[nodiscard]] double progress() const;  // 0 to 1
  // REQUIRES that it is done, and is asked once.
  Pairing take() { return std::move(pairing_); }

 private:
  // Events of the same descent on the right that have no partner yet: a list within next_.
  struct Waiting {
    EventPosition first, last;
  };

  void await_on_right();
  void find_for_left();
  void merge();

  const journal::Journal& left_;
  const journal::Journal& right_;
  std::uint64_t left_events_, right_events_;
  Pairing pairing_;
  Descents on_right_, on_left_;
  std::uint64_t awaited_ = 0, found_ = 0;  // so many were looked at
  std::uint64_t merged_left_ = 0, merged_right_ = 0;
  std::unordered_map<std::uint64_t, Waiting> waiting_;  // by descent; only ever asked for one
  std::vector<EventPosition> next_;                     // behind an event that waits
};

}  // namespace mailwalk::world
