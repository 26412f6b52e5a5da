// How many events of which kind lie in any stretch of a run: what the scrubber draws at every zoom.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "journal/event.hpp"

namespace mailwalk::gui {

// What an event is to the eye that runs over the whole: one colour and one shape each.
enum class Tick : std::uint8_t {
  Quiet,   // octets on their way, states, the setting of the stage
  Smtp,    // a command or reply
  Pop3,    //
  Names,   // a question to the DNS, or its answer
  Effect,  // something changed in an outbox, queue, maildrop or on a device
  Person,  // somebody did something
  Fault,   // a fault, a broken line, a 4xx, 5xx or -ERR
};
inline constexpr std::size_t kTickKinds = 7;

Tick tick_of(const journal::Event& event);

using TickCounts = std::array<std::uint32_t, kTickKinds>;

// Counting any stretch costs the same, however long it is.
class TickHistogram {
 public:
  void add(const journal::Event& event);
  [[nodiscard]] std::uint64_t size() const { return kinds_.size(); }
  // REQUIRES position < size().
  [[nodiscard]] Tick at(std::uint64_t position) const { return kinds_[position]; }
  // Of the events [begin, end). REQUIRES begin <= end <= size().
  [[nodiscard]] TickCounts count(std::uint64_t begin, std::uint64_t end) const;

 private:
  // Few enough that counting the rest is quick, many enough that the sums take little room.
  static constexpr std::uint64_t kEventsPerSum = 64;

  [[nodiscard]] TickCounts before(std::uint64_t position) const;

  std::vector<Tick> kinds_;
  std::vector<TickCounts> sums_;  // [i]: of the events before i * kEventsPerSum
  TickCounts total_{};
};

}  // namespace mailwalk::gui
