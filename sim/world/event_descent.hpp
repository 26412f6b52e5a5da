// What an event is and where it comes from, as a number: equal for what is the same in two runs.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/ids.hpp"
#include "journal/journal.hpp"

namespace mailwalk::world {

// One number for each event. It tells nothing of time, of positions or of numbers that shift when
// something happens before. Events that cannot be told apart so (the segments of one mail, say)
// have the same number: the first of them on one side is the first on the other.
class Descents {
 public:
  // That of the next event. REQUIRES that all before it were added, and no other.
  std::uint64_t add(const journal::Event& event);

 private:
  std::uint64_t origin(const journal::Event& event);
  [[nodiscard]] std::uint64_t of(EventPosition earlier) const;
  void remember_said(const journal::Event& event, std::uint64_t own);

  std::vector<std::uint64_t> descents_;
  std::unordered_map<std::uint64_t, std::uint64_t> counts_;      // only ever asked for one
  std::unordered_map<ConnectionId, std::uint64_t> connections_;  // what called each of them
  std::unordered_map<std::uint64_t, std::uint64_t> said_;        // by end; not yet in any BytesSent
};

}  // namespace mailwalk::world
