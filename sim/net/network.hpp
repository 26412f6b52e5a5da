// What a node may ask of a network, and what a network tells a node.
//
// Two networks keep to this: the virtual one, in virtual time, and TCP. The nodes cannot tell.
#pragma once

#include <cstdint>
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

struct Datagram {
  IpAddress from;
  Port from_port;
  IpAddress to;
  Port to_port;
  Bytes bytes;
};

// A machine's ears. Calls come one at a time, never from inside one of its own calls to the
// network.
class NetworkClient {
 public:
  virtual void on_accepted(ConnectionId connection, Port local_port, IpAddress peer) = 0;
  virtual void on_connected(ConnectionId connection) = 0;
  virtual void on_connect_failed(ConnectionId connection, ConnectFailure why) = 0;
  virtual void on_bytes(ConnectionId connection, std::string_view bytes) = 0;
  // Some of what was sent has arrived, and so many octets are still to go. Told while there are
  // any, and once when there are none: whoever waits for an answer knows that the line is not dead.
  virtual void on_output_moved(ConnectionId /*connection*/, std::uint64_t /*waiting_octets*/) {}
  virtual void on_closed(ConnectionId connection, CloseKind how) = 0;
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

  // In order: what was sent before still arrives. After it, nothing more is told about the
  // connection.
  virtual void close(ConnectionId connection, NodeId from) = 0;

  // At once: what is under way from here is lost, and the other side learns of a reset. Also gives
  // up a call that was not answered yet.
  virtual void abort(ConnectionId connection, NodeId from) = 0;

  // May be lost; nobody is told.
  virtual void send_datagram(NodeId from, Port from_port, IpAddress to, Port to_port,
                             Bytes bytes) = 0;
};

}  // namespace mailwalk::net
