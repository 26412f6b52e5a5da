// The network on real TCP: the machines of a scenario on loopback addresses, and programs from
// outside that call them.
//
// Time is real. Whatever the sockets tell becomes a task of the scheduler at the moment in which it
// came, so that the world goes step by step as it does in virtual time:
//
//     for (;;) {
//       while (world.step_by(network.now())) {}  // each ends with network.end_step()
//       network.wait(world.next_time());
//     }
//
// Each end of a connection between two machines of ours is a socket, and the octets really travel.
// Datagrams (the DNS) do not: they are handed over at once. Port 53 is not for everybody, nobody
// outside should answer, and none must be lost that the scenario does not lose.
//
// A program from outside appears in the journal as a machine of its own, one for each address; or
// it is a server that plays a machine of the scenario (lead_outside). What it does there is what
// can be seen from here: it has sent what came in, and what went out to it counts as delivered once
// the system took it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fifo.hpp"
#include "net/scheduler.hpp"
#include "net/sockets.hpp"
#include "net/tcp_places.hpp"
#include "net/waiting_room.hpp"
#include "net/world_network.hpp"

namespace mailwalk::net {

struct TcpLimits {
  // From outside, at once. Beyond it a caller is told so; beyond the spare ones as well it is cut
  // off without a word.
  std::size_t connections = 1'000;
  std::size_t connections_per_peer = 200;  // a class behind one address, or one load test
};
inline constexpr std::size_t kSpareConnections = 100;
inline constexpr std::size_t kSpareConnectionsPerPeer = 20;

// Which servers of others a scenario may lead to.
enum class Reach : std::uint8_t { ThisComputer, Anywhere };

struct TcpOptions {
  PortMap ports = kUsualPorts;  // to port 0: any that is free
  // Beside the loopback addresses, where others reach this computer. All hosts share it, so that
  // each but the first takes the next port for the same service.
  std::optional<IpAddress> listen_at;
  TcpLimits limits;
  Reach reach = Reach::ThisComputer;
};

class TcpNetwork final : public WorldNetwork, private TaskHandler, private SocketOwner {
 public:
  // Where somebody can call a machine.
  struct Door {
    NodeId node;
    Port port;          // in the scenario
    Endpoint endpoint;  // in reality
  };

  TcpNetwork(Scheduler& scheduler, TcpOptions options);
  ~TcpNetwork() override;

  // Why a machine could not listen; nullptr if all could.
  [[nodiscard]] const Error* trouble() const { return trouble_ ? &*trouble_ : nullptr; }
  [[nodiscard]] std::vector<Door> doors() const;
  [[nodiscard]] std::size_t connections() const { return open_connections_; }

  // Real time since this network was made, and what was skipped.
  [[nodiscard]] VirtualTime now() const;
  // Until something has come in, or until then. nullopt: there is nothing else to wait for.
  void wait(std::optional<VirtualTime> until);
  // Nobody is connected and nothing has come in: time may be skipped without anybody noticing.
  [[nodiscard]] bool is_quiet() const;
  // REQUIRES is_quiet().
  void skip_to(VirtualTime time);
  [[nodiscard]] Duration skipped() const { return skipped_; }

  void catch_signals() { sockets_.catch_signals(); }
  [[nodiscard]] bool signal_was_caught() const { return sockets_.signal_was_caught(); }
  void stop_listening();

  // From now on, promises to programs outside wait until they are said to be kept: the octets that
  // make one leave when so many events of the journal are safe.
  void hold_promises() { safe_events_ = recorder().journal().size(); }
  [[nodiscard]] bool has_promises() const { return !promising_.empty(); }
  void keep_promises(std::uint64_t safe_events);

  void add_machine(NodeId node, IpAddress address, NetworkClient& client) override;
  // trouble() tells if the endpoint is beyond TcpOptions::reach.
  void lead_outside(NodeId node, Endpoint endpoint) override;
  void set_link(NodeId, NodeId, Link) override {}
  void set_default_link(Link) override {}

  void listen(NodeId node, Port port) override;
  ConnectionId connect(NodeId from, IpAddress to, Port port) override;
  void send(ConnectionId connection, NodeId from, Bytes bytes) override;
  [[nodiscard]] std::uint64_t waiting_octets(ConnectionId connection, NodeId from) const override;
  void promise(ConnectionId connection, NodeId from) override;
  void close(ConnectionId connection, NodeId from) override;
  void abort(ConnectionId connection, NodeId from) override;
  void send_datagram(NodeId from, Port from_port, IpAddress to, Port to_port, Bytes bytes) override;

  void inject(LinkFault fault) override;
  void clear_faults(NodeId a, NodeId b) override;
  void cut(ConnectionId connection) override;
  void end_step() override;
  [[nodiscard]] std::optional<std::pair<NodeId, NodeId>> ends_of(
      ConnectionId connection) const override;
  // Connections are numbered on, and whoever called before is the same machine.
  void take_up(const journal::Journal& past, VirtualTime now) override;
  void reseed(std::uint64_t /*seed*/) override {}
  [[nodiscard]] std::optional<std::int64_t> real_unix_seconds() const override;

 private:
  enum End : std::uint8_t { ClientEnd = 0, ServerEnd = 1 };
  static constexpr End other(End end) { return end == ClientEnd ? ServerEnd : ClientEnd; }

  enum class Phase : std::uint8_t {
    Calling,   // the server does not know of it yet
    Accepted,  // the server has it, the client does not know yet
    Open,
  };

  struct Machine {
    IpAddress address;
    IpAddress loopback;
    NetworkClient* client = nullptr;                  // nullptr: outside
    std::optional<Endpoint> external = std::nullopt;  // where it is called
  };

  // What one send() put on the way, or the end of the stream.
  struct Outgoing {
    EventPosition sent;
    Bytes bytes;
    std::uint32_t written = 0;  // octets that the system took
    std::uint32_t arrived = 0;  // octets that came out at the other end
    bool end = false;
    std::uint64_t wants_safe = 0;  // so many events must be safe before it may leave
  };

  struct Stream {                 // what one end sends
    Fifo<Outgoing> outgoing;      // what has not arrived
    std::size_t next = 0;         // the first of it that is not yet written
    std::uint64_t unwritten = 0;  // octets
    VirtualTime rests_until;      // a slow line
    bool writing = false;
    bool end_leaves_too = false;  // with what is being written
    bool ended = false;           // close() was called at the sending end, or it broke
    std::uint64_t promised = 0;   // what is sent next wants so many events to be safe
  };

  struct Side {       // an end, as far as it is ours
    SocketId socket;  // none: outside, or not yet, or gone
    bool reading = false;
    bool read_all = false;  // the other side sends no more
  };

  struct Connection {
    NodeId nodes[2];  // by End
    Port port;
    Origin origin = Origin::Scenario;  // of the client
    IpAddress caller;                  // of a client from outside
    Phase phase = Phase::Calling;
    Endpoint calls_from;            // the client's own end, in calls_ until it is accepted
    TaskId gives_up;                // of a call that nobody answers
    bool client_connected = false;  // its socket is; it is told once the server has accepted
    bool is_cut = false;            // or will be, in the next step: nothing leaves any more
    EventPosition opening;
    EventPosition accepted;
    Stream streams[2];
    Side sides[2];
    std::uint64_t carried_bytes = 0;  // both ways
    std::uint64_t ignored_bytes = 0;  // that came after the server had closed
    VirtualTime last_moved;           // when something was written last
    TaskId still_there;               // looks after a client that we have taken leave of
  };

  // What a socket told, until its turn comes.
  struct SocketEvent {
    enum class Kind : std::uint8_t {
      Accepted,
      Connected,
      NotConnected,
      Read,
      ReadAll,
      Wrote,
      Broke
    } kind;
    SocketId socket;
    ListenerId listener = {};
    Endpoint peer = {};
    ConnectFailure why = ConnectFailure::Refused;
    Bytes bytes = {};
    std::size_t octets = 0;
  };

  enum class Task : std::uint8_t {
    SocketTold,
    LetIn,
    CallRefused,
    CallUnreachable,
    CallTimedOut,
    Cut,
    GoOnWriting,
    StillThere,
    DatagramArrives,
    FaultEnds,
  };

  // Sockets tell: tcp_network.cpp.
  void socket_accepted(ListenerId at, SocketId socket, Endpoint peer) override;
  void socket_connected(SocketId socket) override;
  void socket_not_connected(SocketId socket, journal::ConnectFailure why) override;
  void socket_read(SocketId socket, std::string_view bytes) override;
  void socket_read_all(SocketId socket) override;
  void socket_wrote(SocketId socket, std::size_t octets) override;
  void socket_broke(SocketId socket) override;
  void note(SocketEvent event);
  void take_socket_event();
  void run_task(std::uint64_t data) override;
  TaskId schedule_at(VirtualTime at, Task task, std::uint64_t number,
                     Priority priority = Priority::Network);
  void open_door(NodeId node, Port port, Endpoint endpoint);
  void datagram_arrives(std::uint64_t serial);

  // Calls: tcp_calls.cpp.
  void place_call(ConnectionId id);
  void place_outside_call(ConnectionId id, Endpoint server);
  void follow_call(ConnectionId id, std::optional<SocketId> socket);
  void connected(ConnectionId id);
  void call_failed(ConnectionId id, ConnectFailure why);
  void accepted(const SocketEvent& event);
  void accepted_own_call(ConnectionId id, SocketId socket);
  void let_next_in();
  void let_in(const WaitingCaller& caller);
  void accepted_visitor(const Door& door, SocketId socket, IpAddress peer);
  void tell_client_if_open(ConnectionId id);
  NodeId visitor_at(IpAddress address);
  [[nodiscard]] std::size_t visits_from(IpAddress visitor) const;
  [[nodiscard]] bool has_room_to_talk_to(IpAddress visitor) const;
  [[nodiscard]] Admission admission_of(IpAddress visitor) const;

  // Streams: tcp_streams.cpp.
  void start_writing(ConnectionId id, End from);
  [[nodiscard]] Sockets::Then what_follows(const Connection& connection, End from) const;
  void write_end(ConnectionId id, End from);
  void wrote(ConnectionId id, End from, std::uint32_t octets);
  void start_reading(ConnectionId id, End at);
  void read(ConnectionId id, End at, const Bytes& bytes);
  void read_from_outside(ConnectionId id, End at, const Bytes& bytes);
  void read_from_machine(ConnectionId id, End at, const Bytes& bytes);
  static void drop_done(Stream& stream);
  // REQUIRES that something is under way.
  static Outgoing& next_to_arrive(Stream& stream);
  void deliver(ConnectionId id, End at, EventPosition sent, std::uint32_t offset,
               const Bytes& bytes);
  void read_all(ConnectionId id, End at);
  void forget_if_over(ConnectionId id);
  void linger(ConnectionId id);
  void look_again(ConnectionId id, VirtualTime at);
  void hang_up(ConnectionId id);

  // Breaking: tcp_faults.cpp.
  void broke(ConnectionId id, End at);
  void lose_outgoing(ConnectionId id, End from);
  void reset_side(ConnectionId id, End at);
  void cut_now(ConnectionId id);
  void cut_if_due(ConnectionId id);
  void cut_all(const LinkFault& fault);
  void wake_stalled();
  void forget(ConnectionId id);
  [[nodiscard]] const LinkFault* fault(journal::Fault kind, const Connection& connection) const;
  [[nodiscard]] bool stands_still(const Connection& connection) const;
  [[nodiscard]] bool waits_for_arrival(const Connection& connection) const;
  // How much may be written at once, so that a fault after n octets is one after n octets.
  [[nodiscard]] std::uint32_t piece_size(const Connection& connection, std::uint32_t wanted) const;

  // nullptr: there is none, or it is over.
  [[nodiscard]] Connection* find(ConnectionId id) const {
    const bool was_given = id != kNoConnection && id.value() <= connections_.size();
    return was_given ? connections_[id.value() - 1].get() : nullptr;
  }
  [[nodiscard]] NodeId node_at(IpAddress address) const;
  [[nodiscard]] const Door* door_of(NodeId node, Port port) const;
  [[nodiscard]] NetworkClient* client_at(const Connection& connection, End end) const {
    return machines_.at(connection.nodes[end]).client;
  }
  static End end_of(const Connection& connection, NodeId node) {
    return node == connection.nodes[ClientEnd] ? ClientEnd : ServerEnd;
  }
  // Somebody else's program is at that end.
  [[nodiscard]] bool is_outside(const Connection& connection, End end) const {
    const auto machine = machines_.find(connection.nodes[end]);
    return machine != machines_.end() && machine->second.client == nullptr;
  }
  // The end at which our side of a conversation with somebody outside is.
  [[nodiscard]] End own_end(const Connection& connection) const {
    return is_outside(connection, ClientEnd) ? ServerEnd : ClientEnd;
  }
  void own(SocketId socket, ConnectionId id, End end);
  void disown(Side& side);
  journal::Recorder& recorder() { return scheduler_.recorder(); }

  Scheduler& scheduler_;
  TcpOptions options_;
  Duration skipped_;
  Sockets sockets_;
  LoopbackAddresses loopbacks_;
  std::optional<Error> trouble_;
  std::map<NodeId, Machine> machines_;
  std::map<IpAddress, NodeId> addresses_;    // of the scenario
  std::map<IpAddress, NodeId> visitors_;     // machines that came from outside
  std::map<IpAddress, std::size_t> visits_;  // open connections from outside, by address
  std::size_t open_visits_ = 0;              // all of them
  WaitingRoom waiting_;                      // from outside, not yet let in
  std::size_t heard_ = 0;                    // from those who are in, since the last wait() began
  std::size_t may_come_ = 1;                 // callers who may still be let in before the next
  std::map<ListenerId, Door> doors_;
  std::map<Endpoint, ConnectionId> calls_;  // by the caller's end, until they are accepted
  std::map<SocketId, std::pair<ConnectionId, End>> owners_;
  Fifo<SocketEvent> told_;
  std::vector<std::pair<ConnectionId, End>> may_write_;   // since something happened in this step
  std::vector<std::unique_ptr<Connection>> connections_;  // by id - 1; empty when over
  std::size_t open_connections_ = 0;
  std::map<std::uint64_t, std::pair<NodeId, Datagram>> datagrams_;  // under way, by serial
  std::uint64_t next_datagram_ = 0;
  FaultPlan faults_;
  static constexpr std::uint64_t kAllAreSafe = ~std::uint64_t{0};
  std::uint64_t safe_events_ = kAllAreSafe;  // of the journal: who keeps none waits for none
  std::set<ConnectionId> promising_;         // where something waits to leave for that reason
};

}  // namespace mailwalk::net
