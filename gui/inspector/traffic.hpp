// How much went over each connection, up to any position.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "journal/event.hpp"

namespace mailwalk::gui {

struct OctetsSaid {
  std::uint64_t by_client = 0, by_server = 0;
};

class Traffic {
 public:
  void add(const journal::Event& event);

  // What both ends of a connection had sent after the event at that position.
  [[nodiscard]] OctetsSaid at(ConnectionId connection, EventPosition position) const;

 private:
  struct Mark {
    EventPosition position;
    OctetsSaid so_far;
  };
  struct Call {
    NodeId client;
    std::vector<Mark> marks;  // one for each BytesSent
  };
  std::unordered_map<ConnectionId, Call> calls_;  // only ever asked for one
};

}  // namespace mailwalk::gui
