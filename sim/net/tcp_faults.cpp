// How connections break: by the other side, by ourselves, by a fault of the scenario.
#include <algorithm>
#include <iterator>
#include <utility>

#include "net/tcp_network.hpp"

namespace mailwalk::net {
namespace {

using journal::Fault;

// A slow line moves so often.
constexpr std::uint64_t kPiecesPerSecond = 10;

}  // namespace

const LinkFault* TcpNetwork::fault(Fault kind, const Connection& connection) const {
  return faults_.find(kind, connection.nodes[ClientEnd], connection.nodes[ServerEnd],
                      connection.port, scheduler_.now());
}

bool TcpNetwork::stands_still(const Connection& connection) const {
  const LinkFault* stall = fault(Fault::Stall, connection);
  return (stall != nullptr && connection.carried_bytes >= stall->after_bytes) ||
         fault(Fault::Unreachable, connection) != nullptr;
}

std::uint32_t TcpNetwork::piece_size(const Connection& connection, std::uint32_t wanted) const {
  std::uint64_t size = wanted;
  for (const Fault kind : {Fault::Reset, Fault::Stall}) {
    const LinkFault* coming = fault(kind, connection);
    if (coming == nullptr || coming->after_bytes <= connection.carried_bytes) continue;
    size = std::min(size, coming->after_bytes - connection.carried_bytes);
  }
  if (const LinkFault* slow = fault(Fault::Slow, connection)) {
    size = std::min(size, std::max<std::uint64_t>(1, slow->bytes_per_second / kPiecesPerSecond));
  }
  return static_cast<std::uint32_t>(size);
}

// While a fault counts octets, nothing is written before the last piece has arrived.
bool TcpNetwork::waits_for_arrival(const Connection& connection) const {
  const auto counts = [&](Fault kind) {
    const LinkFault* coming = fault(kind, connection);
    return coming != nullptr && coming->after_bytes > connection.carried_bytes;
  };
  if (!counts(Fault::Reset) && !counts(Fault::Stall)) return false;
  return std::any_of(
      std::begin(connection.streams), std::end(connection.streams), [](const Stream& stream) {
        return std::any_of(stream.outgoing.begin(), stream.outgoing.end(),
                           [](const Outgoing& sent) { return sent.written > sent.arrived; });
      });
}

// ---- The other side --------------------------------------------------------------------------

void TcpNetwork::broke(ConnectionId id, End at) {
  Connection& connection = *find(id);
  disown(connection.sides[at]);
  // Who closes without having read the last octets that were for it, resets the line. Some programs
  // do that to the good-bye of TLS, before or after we have closed as well.
  const Stream& ours = connection.streams[at];
  const bool all_is_said = ours.ended ? ours.outgoing.empty()
                                      : client_at(connection, at) != nullptr &&
                                            client_at(connection, at)->expects_no_more(id);
  const bool is_good_bye =
      is_outside(connection, other(at)) && !connection.streams[other(at)].ended && all_is_said;
  if (is_good_bye) {
    lose_outgoing(id, at);
    connection.streams[at].writing = false;
    return read_all(id, at);
  }
  EventPosition cause = kNoEvent;
  if (is_outside(connection, other(at)) && !connection.streams[other(at)].ended) {
    connection.streams[other(at)].ended = true;
    cause = recorder().record(connection.nodes[other(at)], id, journal::ConnectionReset{});
  }
  const journal::Recorder::Because because(recorder(), cause);
  lose_outgoing(id, other(at));
  lose_outgoing(id, at);
  reset_side(id, at);
  if (!is_outside(connection, other(at))) reset_side(id, other(at));
  if (find(id) != nullptr) forget(id);
}

void TcpNetwork::lose_outgoing(ConnectionId id, End from) {
  Connection& connection = *find(id);
  Stream& stream = connection.streams[from];
  for (const Outgoing& lost : stream.outgoing) {
    if (lost.end) continue;
    const auto size = static_cast<std::uint32_t>(lost.bytes.size()) - lost.arrived;
    recorder().record(connection.nodes[from], id,
                      journal::BytesLost{lost.sent, lost.arrived, size});
  }
  stream.outgoing.clear();
  stream.next = 0;
  stream.unwritten = 0;
}

void TcpNetwork::reset_side(ConnectionId id, End at) {
  Connection& connection = *find(id);
  Stream& stream = connection.streams[at];
  if (stream.ended) return;
  stream.ended = true;  // whatever it does about it, nothing leaves on this connection any more
  const EventPosition reset =
      recorder().record(connection.nodes[at], id, journal::ConnectionReset{});
  const journal::Recorder::Because because(recorder(), reset);
  if (NetworkClient* client = client_at(connection, at)) client->on_closed(id, CloseKind::Reset);
}

// ---- Ourselves -------------------------------------------------------------------------------

void TcpNetwork::abort(ConnectionId id, NodeId from) {
  Connection* connection = find(id);
  if (connection == nullptr) return;
  const End end = end_of(*connection, from);
  if (connection->streams[end].ended) return;
  // The system may have passed on some of it already: what has not, the other side's end tells.
  const bool nobody_tells =
      connection->phase == Phase::Calling || is_outside(*connection, other(end));
  if (nobody_tells) lose_outgoing(id, end);
  connection->streams[end].ended = true;
  const EventPosition reset = recorder().record(from, id, journal::ConnectionReset{});
  const journal::Recorder::Because because(recorder(), reset);
  sockets_.reset(connection->sides[end].socket);
  disown(connection->sides[end]);
  if (!nobody_tells) return;
  if (is_outside(*connection, other(end))) reset_side(id, other(end));
  forget(id);
}

void TcpNetwork::forget(ConnectionId id) {
  Connection& connection = *find(id);
  calls_.erase(connection.calls_from);
  scheduler_.cancel(connection.gives_up);
  scheduler_.cancel(connection.still_there);
  for (Side& side : connection.sides) {
    sockets_.close(side.socket);
    disown(side);
  }
  if (connection.origin == Origin::Outside) {
    --open_visits_;
    const auto visits = visits_.find(connection.caller);
    if (--visits->second == 0) visits_.erase(visits);
  }
  connections_[id.value() - 1].reset();
  --open_connections_;
}

// ---- The scenario ----------------------------------------------------------------------------

void TcpNetwork::cut(ConnectionId id) {
  Connection* connection = find(id);
  if (connection == nullptr) return;
  connection->is_cut = true;
  schedule_at(scheduler_.now(), Task::Cut, id.value(), Priority::AtOnce);
}

std::optional<std::pair<NodeId, NodeId>> TcpNetwork::ends_of(ConnectionId id) const {
  const Connection* connection = find(id);
  if (connection == nullptr) return std::nullopt;
  return std::pair{connection->nodes[ClientEnd], connection->nodes[ServerEnd]};
}

void TcpNetwork::cut_now(ConnectionId id) {
  const Connection& connection = *find(id);
  if (connection.phase == Phase::Calling) return call_failed(id, ConnectFailure::Unreachable);
  for (const Side& side : connection.sides) sockets_.reset(side.socket);
  lose_outgoing(id, ClientEnd);
  lose_outgoing(id, ServerEnd);
  reset_side(id, ServerEnd);
  // Whoever still waits for the answer to a call hears that there is none.
  if (connection.phase == Phase::Accepted) return call_failed(id, ConnectFailure::Unreachable);
  reset_side(id, ClientEnd);
  forget(id);
}

void TcpNetwork::cut_if_due(ConnectionId id) {
  const Connection* connection = find(id);
  if (connection == nullptr) return;
  const LinkFault* reset = fault(Fault::Reset, *connection);
  if (reset != nullptr && connection->carried_bytes >= reset->after_bytes) cut_now(id);
}

void TcpNetwork::inject(LinkFault fault) {
  if (fault.kind == Fault::Reset) cut_all(fault);
  if (fault.kind == Fault::Reset && fault.after_bytes == 0) return;
  faults_.add(fault);
  if (fault.until) schedule_at(*fault.until, Task::FaultEnds, 0);
}

void TcpNetwork::cut_all(const LinkFault& fault) {
  for (std::uint32_t i = 0; i < connections_.size(); ++i) {
    const Connection* connection = connections_[i].get();
    if (connection == nullptr) continue;
    if (!fault.concerns(connection->nodes[ClientEnd], connection->nodes[ServerEnd])) continue;
    if (fault.port && *fault.port != connection->port) continue;
    if (connection->carried_bytes >= fault.after_bytes) cut(ConnectionId{i + 1});
  }
}

void TcpNetwork::clear_faults(NodeId a, NodeId b) {
  faults_.clear(a, b);
  wake_stalled();
}

void TcpNetwork::wake_stalled() {
  for (std::uint32_t i = 0; i < connections_.size(); ++i) {
    for (const End end : {ClientEnd, ServerEnd}) start_writing(ConnectionId{i + 1}, end);
  }
}

}  // namespace mailwalk::net
