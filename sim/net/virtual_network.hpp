// The network in virtual time: links with latency and bandwidth, streams cut into segments at any
// octet, faults. Seeded and repeatable. Corrupts nothing, as TCP does not.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/prng.hpp"
#include "net/scheduler.hpp"
#include "net/world_network.hpp"

namespace mailwalk::net {

class VirtualNetwork final : public WorldNetwork, private TaskHandler {
 public:
  VirtualNetwork(Scheduler& scheduler, std::uint64_t seed);
  ~VirtualNetwork() override;

  void add_machine(NodeId node, IpAddress address, NetworkClient& client) override;
  void set_link(NodeId a, NodeId b, Link link) override;
  void set_default_link(Link link) override { default_link_ = link; }

  void listen(NodeId node, Port port) override;
  ConnectionId connect(NodeId from, IpAddress to, Port port) override;
  void send(ConnectionId connection, NodeId from, Bytes bytes) override;
  [[nodiscard]] std::uint64_t waiting_octets(ConnectionId connection, NodeId from) const override;
  void close(ConnectionId connection, NodeId from) override;
  void abort(ConnectionId connection, NodeId from) override;
  void send_datagram(NodeId from, Port from_port, IpAddress to, Port to_port, Bytes bytes) override;

  void inject(LinkFault fault) override;
  void clear_faults(NodeId a, NodeId b) override;
  void cut(ConnectionId connection) override;
  [[nodiscard]] std::optional<std::pair<NodeId, NodeId>> ends_of(
      ConnectionId connection) const override;
  void lead_outside(NodeId node, Endpoint endpoint) override;
  void take_up(const journal::Journal& past, VirtualTime now) override;
  void reseed(std::uint64_t seed) override { prng_ = Prng(seed); }

 private:
  enum Direction : std::uint8_t { ToServer = 0, ToClient = 1 };
  enum class Phase : std::uint8_t {
    Calling,   // the server does not know of it yet
    Accepted,  // the server has it, the client does not know yet
    Open,
  };

  enum class Place : std::uint8_t { Here, Outside };  // outside, nobody reaches it

  struct Machine {
    IpAddress address;
    NetworkClient* client = nullptr;
    std::set<Port> listening;
    Place place = Place::Here;
  };

  // What one send() put on the way, or the end of the stream.
  struct Outgoing {
    EventPosition sent;
    Bytes bytes;
    std::uint32_t done = 0;  // octets that have left the sender
    VirtualTime since;
    bool end = false;
  };

  struct Stream {                      // one direction of a connection
    std::uint64_t waiting_octets = 0;  // sent, and not yet arrived
    std::deque<Outgoing> outgoing;
    VirtualTime line_free;         // when the last segment had left
    std::uint32_t travelling = 0;  // octets of the segment under way
    TaskId arrival;                // of the segment or the end under way
    bool moving = false;           // a segment or the end is under way
    bool ended = false;            // close() was called at the sending end
  };

  struct Connection {
    NodeId client, server;
    Port port;
    Phase phase = Phase::Calling;
    Stream streams[2];
    std::uint64_t carried_bytes = 0;  // both ways
  };

  enum class Task : std::uint8_t {
    CallArrives,
    CallAnswered,
    CallRefused,
    CallUnreachable,
    CallTimedOut,
    ArrivesAtServer,
    ArrivesAtClient,
    ResetAtServer,
    ResetAtClient,
    Cut,
    DatagramArrives,
    FaultEnds,
  };

  void run_task(std::uint64_t data) override;
  void call_arrives(ConnectionId id);
  void call_answered(ConnectionId id);
  void call_failed(ConnectionId id, ConnectFailure why);
  void start_next_segment(ConnectionId id, Direction direction);
  void segment_arrives(ConnectionId id, Direction direction);
  void end_arrives(ConnectionId id, Direction direction);
  void reset_arrives(ConnectionId id, NodeId at);
  void cut_now(ConnectionId id);
  void datagram_arrives(std::uint64_t serial);
  void lose_outgoing(ConnectionId id, Direction direction);
  void reset_side(ConnectionId id, NodeId at);
  void forget_if_over(ConnectionId id);
  void cut_all(const LinkFault& fault);
  void wake_stalled();

  [[nodiscard]] Connection* find(ConnectionId id) const;
  [[nodiscard]] NodeId node_at(IpAddress address) const;
  [[nodiscard]] const Link& link(NodeId a, NodeId b) const;
  [[nodiscard]] const LinkFault* fault(journal::Fault kind, const Connection& connection) const;
  [[nodiscard]] bool stands_still(const Connection& connection) const;
  [[nodiscard]] std::uint32_t segment_size(const Connection& connection, const Link& link,
                                           std::uint32_t remaining);
  TaskId schedule_at(VirtualTime at, Task task, std::uint64_t number,
                     Priority priority = Priority::Network);
  journal::Recorder& recorder() { return scheduler_.recorder(); }

  Scheduler& scheduler_;
  Prng prng_;
  Link default_link_;
  std::map<NodeId, Machine> machines_;
  std::map<IpAddress, NodeId> addresses_;
  std::map<std::pair<NodeId, NodeId>, Link> links_;                 // smaller id first
  std::map<std::pair<NodeId, NodeId>, VirtualTime> line_free_;      // per direction of a link
  std::vector<std::unique_ptr<Connection>> connections_;            // by id - 1; empty when over
  std::map<std::uint64_t, std::pair<NodeId, Datagram>> datagrams_;  // under way, by serial
  std::uint64_t next_datagram_ = 0;
  FaultPlan faults_;
};

}  // namespace mailwalk::net
