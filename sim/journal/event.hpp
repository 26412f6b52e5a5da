// One entry of the journal.
#pragma once

#include "base/ids.hpp"
#include "base/virtual_time.hpp"
#include "journal/payloads.hpp"

namespace mailwalk::journal {

struct Event {
  EventPosition position;
  VirtualTime time;
  NodeId node;              // kNoNode: the world itself
  ConnectionId connection;  // kNoConnection: not about a connection
  EventPosition cause;      // the event that led to this one; kNoEvent for the first of a chain
  Payload payload;
};

// The price of an event beside what its payload shares (measured in the benchmark as well).
static_assert(sizeof(Event) <= 200);

template <class T>
const T* payload_if(const Event& event) {
  return std::get_if<T>(&event.payload);
}

}  // namespace mailwalk::journal
