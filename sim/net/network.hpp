// What a node may ask of a network, and what a network tells a node.
//
// Two networks keep to this: the virtual one, in virtual time, and TCP. The nodes cannot tell.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/ip_address.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::net {

using journal::ConnectFailure;

enum class CloseKind : std::uint8_t {
  Orderly,  // the other side has sent all and closed
  Reset,    // the connection broke; what was under way is lost
};

// A connection that holds more than this back takes no more from its peer, and its machine should
// give it no more: a peer that asks for everything and reads nothing must not fill the memory.
inline constexpr std::uint64_t kMostWaitingOctets = 256 * 1024;

struct Datagram {
  IpAddress from;
  Port from_port;
  IpAddress to;
  Port to_port;
  Bytes bytes;
};

// Whether a caller is a machine of the scenario, or a program outside of it that found its way in.
// Addresses cannot tell: anybody may have one that a scenario uses, too.
enum class Origin : std::uint8_t { Scenario, Outside };

// Whether there is room for a caller. It may be told so, and then the connection is closed.
enum class Admission : std::uint8_t { Welcome, TooMany };

struct Caller {
  IpAddress address;
  Origin origin = Origin::Scenario;
  Admission admission = Admission::Welcome;
};

// A machine's ears. Calls come one at a time, never from inside one of its own calls to the
// network.
class NetworkClient {
 public:
  virtual void on_accepted(ConnectionId connection, Port local_port, const Caller& caller) = 0;
  virtual void on_connected(ConnectionId connection) = 0;
  virtual void on_connect_failed(ConnectionId connection, ConnectFailure why) = 0;
  virtual void on_bytes(ConnectionId connection, std::string_view bytes) = 0;
  // Some of what was sent has gone its way, and so many octets are still to go. Told where it takes
  // more than one step: whoever waits for an answer knows that the line is not dead, and whoever
  // has more to send knows when there is room.
  virtual void on_output_moved(ConnectionId /*connection*/, std::uint64_t /*waiting_octets*/) {}
  virtual void on_closed(ConnectionId connection, CloseKind how) = 0;
  // A client from outside that breaks the line now has only hung up.
  [[nodiscard]] virtual bool expects_no_more(ConnectionId /*connection*/) const { return false; }
  virtual void on_datagram(const Datagram& datagram) = 0;

 protected:
  ~NetworkClient() = default;
};

class Network {
 public:
  virtual ~Network() = default;

  virtual void listen(NodeId node, Port port) = 0;

  // The answer comes later, to on_connected or on_connect_failed. REQUIRES an address of another
  // machine: one that calls itself could not tell the two ends of the connection apart.
  virtual ConnectionId connect(NodeId from, IpAddress to, Port port) = 0;

  // Does nothing if this side of the connection is closed already. REQUIRES, like close(), that the
  // connection stands: on_accepted or on_connected was called here.
  virtual void send(ConnectionId connection, NodeId from, Bytes bytes) = 0;

  // Octets that were sent from there and have not left yet. Whoever sends more than
  // kMostWaitingOctets should wait until on_output_moved() tells of less.
  [[nodiscard]] virtual std::uint64_t waiting_octets(ConnectionId connection,
                                                     NodeId from) const = 0;

  // What is sent from there next says that something has happened that must not be forgotten any
  // more: a mail was taken over, letters were removed. Where a run is kept on disk, and the other
  // side is not part of it, that leaves once everything up to now is there.
  virtual void promise(ConnectionId /*connection*/, NodeId /*from*/) {}

  // In order: what was sent before still arrives. After it, nothing more is told about the
  // connection.
  virtual void close(ConnectionId connection, NodeId from) = 0;

  // At once: what is under way from here is lost, and the other side learns of a reset. Also gives
  // up a call that was not answered yet.
  virtual void abort(ConnectionId connection, NodeId from) = 0;

  // Unix time at this moment, where time is real and strangers may call; nullopt: it is not.
  [[nodiscard]] virtual std::optional<std::int64_t> real_unix_seconds() const {
    return std::nullopt;
  }

  // May be lost; nobody is told.
  virtual void send_datagram(NodeId from, Port from_port, IpAddress to, Port to_port,
                             Bytes bytes) = 0;
};

}  // namespace mailwalk::net
