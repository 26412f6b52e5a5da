// What a person may see of the network: links, connections, and what is under way on them.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/ip_address.hpp"
#include "base/virtual_time.hpp"
#include "journal/letter.hpp"
#include "journal/machine_view.hpp"
#include "journal/payloads.hpp"
#include "journal/persistent_map.hpp"

namespace mailwalk::journal {

struct Link {
  Duration latency;                    // one way
  std::uint64_t bytes_per_second = 0;  // 0 = without limit
  std::uint32_t segment_bytes = 0;
};

// Sent, and not all of it has arrived.
struct InFlight {
  Bytes bytes;
  std::uint32_t arrived = 0;  // octets, from the front
  VirtualTime sent_at;
  EventPosition says =
      kNoEvent;  // the first command, reply or content in it; kNoEvent if it is none of these
};

// Who is at an end, and how it stands there.
enum class EndState : std::uint8_t {
  Elsewhere,  // not a machine of ours: it tells us nothing
  Calling,    // the client waits for an answer; the server has not heard of it
  Open,
  Ended,  // closed or cut: nothing more is sent or read at this end
};

struct ConnectionEnd {
  NodeId node;  // kNoNode if it is elsewhere
  EndState state = EndState::Calling;
  std::optional<SessionState> session;               // none before the session has one
  Cover cover = Cover::Open;                         // of what this end sends
  PersistentMap<EventPosition, InFlight> in_flight;  // what this end sent, by its BytesSent
  EventPosition says_next = kNoEvent;                // said, and not yet in any BytesSent
};

struct Connection {
  ConnectionId id;
  ConnectionEnd client;
  ConnectionEnd server;
  IpAddress address;  // the server's, as it was called
  Port port;
  VirtualTime begun;
  LetterId letter = kNoLetter;  // that goes over it: last offered (SMTP) or retrieved (POP3)

  // For the reducer, to find out which letter arrives.
  LetterId offered = kNoLetter;  // by the client, and its content has not come in yet
  LetterId came_in = kNoLetter;  // whose content the server has
  PersistentMap<Bytes, LetterId, ByOctets> retrieved;  // on their way to a device, by UID

  [[nodiscard]] ConnectionEnd& end(Side side) { return side == Side::Client ? client : server; }
  [[nodiscard]] const ConnectionEnd& end(Side side) const {
    return side == Side::Client ? client : server;
  }
};

struct DatagramInFlight {
  NodeId from;
  NodeId to;
  Port from_port, to_port;
  Bytes bytes;
  VirtualTime sent_at;
};

}  // namespace mailwalk::journal
