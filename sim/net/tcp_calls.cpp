// How connections come to be: between machines of ours, and from outside.
#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "net/tcp_network.hpp"

namespace mailwalk::net {
namespace {

using journal::Fault;

// So many addresses from outside get a machine of their own; further ones share one, so that
// nobody fills the stage.
constexpr std::size_t kMostVisitors = 256;

}  // namespace

ConnectionId TcpNetwork::connect(NodeId from, IpAddress to, Port port) {
  auto connection = std::make_unique<Connection>();
  const NodeId server = node_at(to);
  assert(server != from);
  connection->nodes[ClientEnd] = from;
  connection->nodes[ServerEnd] = server;
  connection->port = port;
  connections_.push_back(std::move(connection));
  ++open_connections_;
  const ConnectionId id{static_cast<std::uint32_t>(connections_.size())};
  const EventPosition opening =
      recorder().record(from, id, journal::ConnectionOpening{server, to, port});
  find(id)->opening = opening;
  const journal::Recorder::Because because(recorder(), opening);
  place_call(id);
  return id;
}

// What the scenario does not let through, and what has no door of ours, is not tried: behind the
// same address and port there may be somebody else's program.
void TcpNetwork::place_call(ConnectionId id) {
  Connection& connection = *find(id);
  const NodeId server = connection.nodes[ServerEnd];
  const VirtualTime moment = scheduler_.now();
  if (server == kNoNode || fault(Fault::Unreachable, connection) != nullptr) {
    schedule_at(moment, Task::CallUnreachable, id.value());
    return;
  }
  connection.gives_up = schedule_at(moment + kConnectTimeout, Task::CallTimedOut, id.value());
  if (stands_still(connection)) return;
  if (const auto& external = machines_.at(server).external) {
    return place_outside_call(id, *external);
  }
  const Door* door = door_of(server, connection.port);
  if (door == nullptr || fault(Fault::Refuse, connection) != nullptr) {
    schedule_at(moment, Task::CallRefused, id.value());
    return;
  }
  const IpAddress own_address = machines_.at(connection.nodes[ClientEnd]).loopback;
  const std::optional<SocketId> socket = sockets_.connect(own_address, door->endpoint);
  follow_call(id, socket);
  if (!socket) return;
  connection.calls_from = sockets_.local_endpoint(*socket);
  calls_[connection.calls_from] = id;
}

// From the machine's own loopback address, so that a server on this computer can tell who calls.
void TcpNetwork::place_outside_call(ConnectionId id, Endpoint server) {
  const Connection& connection = *find(id);
  if (fault(Fault::Refuse, connection) != nullptr) {
    schedule_at(scheduler_.now(), Task::CallRefused, id.value());
    return;
  }
  const IpAddress own_address = machines_.at(connection.nodes[ClientEnd]).loopback;
  follow_call(id,
              sockets_.connect(is_loopback(server.address) ? own_address : IpAddress{}, server));
}

void TcpNetwork::follow_call(ConnectionId id, std::optional<SocketId> socket) {
  if (socket) return own(*socket, id, ClientEnd);
  schedule_at(scheduler_.now(), Task::CallUnreachable, id.value());
}

// The client's socket is. Of a server outside, this is all that will be heard about accepting.
void TcpNetwork::connected(ConnectionId id) {
  Connection& connection = *find(id);
  connection.client_connected = true;
  if (is_outside(connection, ServerEnd)) {
    scheduler_.cancel(connection.gives_up);
    connection.phase = Phase::Accepted;
    const journal::Recorder::Because called(recorder(), connection.opening);
    connection.accepted =
        recorder().record(connection.nodes[ServerEnd], id, journal::ConnectionAccepted{});
  }
  tell_client_if_open(id);
}

void TcpNetwork::call_failed(ConnectionId id, ConnectFailure why) {
  const NodeId client = find(id)->nodes[ClientEnd];
  const journal::Recorder::Because called(recorder(), find(id)->opening);
  const EventPosition failed = recorder().record(client, id, journal::ConnectionFailed{why});
  forget(id);
  const journal::Recorder::Because because(recorder(), failed);
  machines_.at(client).client->on_connect_failed(id, why);
}

// ---- Accepting -------------------------------------------------------------------------------

void TcpNetwork::accepted(const SocketEvent& event) {
  const auto call = calls_.find(event.peer);
  if (call != calls_.end()) {
    const ConnectionId id = call->second;
    calls_.erase(call);
    find(id)->calls_from = {};
    return accepted_own_call(id, event.socket);
  }
  // From one of our own addresses comes only a call that was given up in the meantime; or somebody
  // who would like to be taken for a machine of the scenario.
  const bool is_heard =
      !loopbacks_.is_ours(event.peer.address) && has_room_to_talk_to(event.peer.address);
  if (!is_heard) return sockets_.reset(event.socket);
  const WaitingCaller caller{event.listener, event.socket, event.peer.address};
  if (may_come_ == 0 || !waiting_.empty()) return waiting_.add(caller);
  --may_come_;
  let_in(caller);
}

// A few at a time: a session takes much longer to begin than a connection takes to be made, so that
// a crowd at the door would keep those waiting who are in.
void TcpNetwork::let_next_in() {
  for (; may_come_ > 0 && !waiting_.empty(); --may_come_) {
    const WaitingCaller caller = waiting_.next();
    if (sockets_.has_left(caller.socket)) {
      sockets_.close(caller.socket);
    } else {
      let_in(caller);
    }
  }
}

void TcpNetwork::let_in(const WaitingCaller& caller) {
  const auto door = doors_.find(caller.at);
  if (door == doors_.end()) return sockets_.reset(caller.socket);
  accepted_visitor(door->second, caller.socket, caller.address);
}

void TcpNetwork::accepted_own_call(ConnectionId id, SocketId socket) {
  Connection& connection = *find(id);
  own(socket, id, ServerEnd);
  scheduler_.cancel(connection.gives_up);
  connection.phase = Phase::Accepted;
  const NodeId server = connection.nodes[ServerEnd];
  {
    const journal::Recorder::Because called(recorder(), connection.opening);
    connection.accepted = recorder().record(server, id, journal::ConnectionAccepted{});
  }
  const IpAddress caller = machines_.at(connection.nodes[ClientEnd]).address;
  {
    const journal::Recorder::Because because(recorder(), connection.accepted);
    machines_.at(server).client->on_accepted(id, connection.port, {caller});
  }
  start_reading(id, ServerEnd);
  tell_client_if_open(id);
}

// The client's system knows before the server does that they are connected. It is told after it, so
// that a journal tells things in their order.
void TcpNetwork::tell_client_if_open(ConnectionId id) {
  Connection* connection = find(id);
  if (connection == nullptr || !connection->client_connected) return;
  if (connection->phase != Phase::Accepted || connection->streams[ClientEnd].ended) return;
  connection->phase = Phase::Open;
  const NodeId client = connection->nodes[ClientEnd];
  {
    const journal::Recorder::Because answered(recorder(), connection->accepted);
    const EventPosition opened = recorder().record(client, id, journal::ConnectionOpened{});
    const journal::Recorder::Because because(recorder(), opened);
    machines_.at(client).client->on_connected(id);
  }
  start_reading(id, ClientEnd);
}

// ---- Visitors --------------------------------------------------------------------------------

std::size_t TcpNetwork::visits_from(IpAddress visitor) const {
  const auto visits = visits_.find(visitor);
  return visits == visits_.end() ? 0 : visits->second;
}

// Who is told that there are too many has to hang up, and may take its time. One address alone must
// not keep out all others that way.
bool TcpNetwork::has_room_to_talk_to(IpAddress visitor) const {
  const TcpLimits& limits = options_.limits;
  return open_visits_ + waiting_.size() < limits.connections + kSpareConnections &&
         visits_from(visitor) + waiting_.size_from(visitor) <
             limits.connections_per_peer + kSpareConnectionsPerPeer;
}

Admission TcpNetwork::admission_of(IpAddress visitor) const {
  const bool too_many = open_visits_ >= options_.limits.connections ||
                        visits_from(visitor) >= options_.limits.connections_per_peer;
  return too_many ? Admission::TooMany : Admission::Welcome;
}

NodeId TcpNetwork::visitor_at(IpAddress address) {
  const auto known = visitors_.find(address);
  if (known != visitors_.end()) return known->second;
  if (visitors_.size() >= kMostVisitors) return visitors_.rbegin()->second;
  const NodeId id{machines_.rbegin()->first.value() + 1};
  const std::string where = address.text();
  recorder().record(
      id, kNoConnection,
      journal::MachineAdded{Bytes("outside-" + where), Bytes(fmt::format("Outside ({})", where)),
                            Bytes(fmt::format("Luar ({})", where)),
                            journal::roles(journal::Role::Device), address});
  machines_[id] = {address, {}, nullptr};
  visitors_[address] = id;
  return id;
}

void TcpNetwork::take_up(const journal::Journal& past, VirtualTime now) {
  skip_to(now);
  for (const journal::Event& event : past) {
    if (event.connection.value() > connections_.size()) {
      connections_.resize(event.connection.value());
    }
    const auto* added = journal::payload_if<journal::MachineAdded>(event);
    if (added == nullptr || machines_.count(event.node) > 0) continue;
    machines_[event.node] = {added->address, {}, nullptr};
    visitors_[added->address] = event.node;
  }
}

void TcpNetwork::accepted_visitor(const Door& door, SocketId socket, IpAddress peer) {
  const Admission admission = admission_of(peer);
  const NodeId visitor = visitor_at(peer);
  const NodeId server = door.node;
  auto made = std::make_unique<Connection>();
  made->nodes[ClientEnd] = visitor;
  made->nodes[ServerEnd] = server;
  made->port = door.port;
  made->origin = Origin::Outside;
  made->caller = peer;
  connections_.push_back(std::move(made));
  ++open_connections_;
  ++visits_[peer];
  ++open_visits_;
  const ConnectionId id{static_cast<std::uint32_t>(connections_.size())};
  own(socket, id, ServerEnd);

  Connection& connection = *find(id);
  const IpAddress address = machines_.at(server).address;
  connection.opening =
      recorder().record(visitor, id, journal::ConnectionOpening{server, address, door.port});
  const journal::Recorder::Because called(recorder(), connection.opening);
  for (const Fault broken : {Fault::Refuse, Fault::Unreachable}) {
    if (fault(broken, connection) == nullptr) continue;
    const auto why =
        broken == Fault::Refuse ? ConnectFailure::Refused : ConnectFailure::Unreachable;
    recorder().record(visitor, id, journal::ConnectionFailed{why});
    sockets_.reset(socket);
    return forget(id);
  }
  connection.phase = Phase::Open;
  connection.accepted = recorder().record(server, id, journal::ConnectionAccepted{});
  const journal::Recorder::Because because(recorder(), connection.accepted);
  recorder().record(visitor, id, journal::ConnectionOpened{});
  machines_.at(server).client->on_accepted(id, door.port, {peer, Origin::Outside, admission});
  start_reading(id, ServerEnd);
}

}  // namespace mailwalk::net
