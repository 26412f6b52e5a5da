// Two runs beside each other: which event of the one is which event of the other.
//
// Not by number and not by the clock, which drift apart at the first difference, but by cause: two
// events are partners if the same thing happened at the same machine because of partners. What is
// said on a connection is paired within the connection, so that one command more on one side does
// not part all that follows it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "journal/journal.hpp"

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
  void merge(const journal::Journal& left, const journal::Journal& right);

  std::vector<EventPosition> right_of_;  // by position on the left; kNoEvent: none
  std::vector<EventPosition> left_of_;
  std::vector<PairedStep> steps_;
};

}  // namespace mailwalk::world
