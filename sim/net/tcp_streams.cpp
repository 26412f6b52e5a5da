// What goes over connections, and their orderly ends.
#include <algorithm>
#include <cassert>
#include <utility>

#include "net/tcp_network.hpp"

namespace mailwalk::net {
namespace {

using journal::Fault;

// How long, and for how much, a closed connection still listens to a client from outside. If it
// went at once, the system would answer what is under way with a reset, and that takes the last
// reply with it ("421 …", "221 Bye").
constexpr Duration kLinger = seconds(2);
constexpr std::uint64_t kMostIgnoredOctets = 1024 * 1024;

// How long a client from outside may leave the rest of what it asked for untouched, once the
// session is over.
constexpr Duration kPatience = seconds(30);

}  // namespace

// ---- Sending ---------------------------------------------------------------------------------

void TcpNetwork::send(ConnectionId id, NodeId from, Bytes bytes) {
  Connection* connection = find(id);
  if (connection == nullptr || bytes.empty()) return;
  const End end = end_of(*connection, from);
  Stream& stream = connection->streams[end];
  if (stream.ended) return;
  const EventPosition sent = recorder().record(from, id, journal::BytesSent{bytes});
  stream.unwritten += bytes.size();
  stream.outgoing.push_back({.sent = sent, .bytes = std::move(bytes)});
  stream.outgoing.back().wants_safe = std::exchange(stream.promised, 0);
  may_write_.emplace_back(id, end);
}

// By now it is known whether the end follows, and whether the line was cut.
void TcpNetwork::end_step() {
  for (const auto& [id, end] : may_write_) start_writing(id, end);
  may_write_.clear();
}

// Between two machines of ours nothing has to wait: the journal holds both of their sides.
void TcpNetwork::promise(ConnectionId id, NodeId from) {
  Connection* connection = find(id);
  if (connection == nullptr || safe_events_ == kAllAreSafe) return;
  const End end = end_of(*connection, from);
  if (!is_outside(*connection, other(end))) return;
  connection->streams[end].promised = recorder().journal().size();
  promising_.insert(id);
}

void TcpNetwork::keep_promises(std::uint64_t safe_events) {
  if (safe_events_ == kAllAreSafe) return;
  safe_events_ = safe_events;
  for (const ConnectionId id : std::exchange(promising_, {})) {
    start_writing(id, ClientEnd);
    start_writing(id, ServerEnd);
  }
}

std::uint64_t TcpNetwork::waiting_octets(ConnectionId id, NodeId from) const {
  const Connection* connection = find(id);
  return connection == nullptr ? 0 : connection->streams[end_of(*connection, from)].unwritten;
}

void TcpNetwork::close(ConnectionId id, NodeId from) {
  Connection* connection = find(id);
  if (connection == nullptr) return;
  const End end = end_of(*connection, from);
  Stream& stream = connection->streams[end];
  if (stream.ended) return;
  stream.ended = true;
  const EventPosition closing = recorder().record(from, id, journal::ConnectionClosing{});
  stream.outgoing.push_back({.sent = closing, .bytes = {}, .end = true});
  if (is_outside(*connection, other(end))) {
    connection->last_moved = scheduler_.now();
    look_again(id, scheduler_.now() + kPatience);
  }
  // What was said before it leaves first.
  if (stream.outgoing[stream.next].end) start_writing(id, end);
}

void TcpNetwork::start_writing(ConnectionId id, End from) {
  Connection* connection = find(id);
  if (connection == nullptr || is_outside(*connection, from)) return;
  Stream& stream = connection->streams[from];
  const bool can = !connection->is_cut && !stream.writing && stream.next < stream.outgoing.size() &&
                   stream.outgoing[stream.next].wants_safe <= safe_events_ &&
                   connection->phase != Phase::Calling && scheduler_.now() >= stream.rests_until &&
                   !stands_still(*connection) && !waits_for_arrival(*connection);
  if (!can) return;
  const Outgoing& next = stream.outgoing[stream.next];
  if (next.end) return write_end(id, from);
  const auto rest = static_cast<std::uint32_t>(next.bytes.size()) - next.written;
  const Sockets::Then then = what_follows(*connection, from);
  stream.writing = true;
  stream.end_leaves_too = then == Sockets::Then::End;
  sockets_.write(connection->sides[from].socket,
                 next.bytes.slice(next.written, piece_size(*connection, rest)), then);
}

// Where nothing in the scenario can come between the last octets and the end, they leave in one
// packet.
Sockets::Then TcpNetwork::what_follows(const Connection& connection, End from) const {
  const Stream& stream = connection.streams[from];
  const bool is_last =
      stream.next + 1 < stream.outgoing.size() && stream.outgoing[stream.next + 1].end;
  return is_last && faults_.empty() ? Sockets::Then::End : Sockets::Then::MayFollow;
}

void TcpNetwork::wrote(ConnectionId id, End from, std::uint32_t octets) {
  Connection& connection = *find(id);
  Stream& stream = connection.streams[from];
  Outgoing& whole = stream.outgoing[stream.next];
  const bool several_steps = octets < whole.bytes.size() || stream.unwritten > kMostWaitingOctets;
  const std::uint32_t offset = whole.written;
  const EventPosition sent = whole.sent;
  stream.writing = false;
  stream.unwritten -= octets;
  whole.written += octets;
  const bool end_has_left = stream.end_leaves_too && whole.written == whole.bytes.size();
  if (whole.written == whole.bytes.size()) ++stream.next;
  connection.last_moved = scheduler_.now();

  if (is_outside(connection, other(from))) {
    whole.arrived = whole.written;
    connection.carried_bytes += octets;
    const journal::Recorder::Because because(recorder(), sent);
    recorder().record(connection.nodes[other(from)], id,
                      journal::BytesDelivered{sent, offset, octets});
  }
  drop_done(stream);
  if (several_steps && !stream.ended) {
    const journal::Recorder::Because because(recorder(), sent);
    client_at(connection, from)->on_output_moved(id, stream.unwritten);
  }
  cut_if_due(id);
  if (find(id) == nullptr) return;
  start_reading(id, from);
  // Whatever befell the line in the meantime.
  if (end_has_left) return write_end(id, from);
  if (const LinkFault* slow = fault(Fault::Slow, *find(id))) {
    const auto pause = static_cast<std::int64_t>(octets * 1'000'000ull / slow->bytes_per_second);
    find(id)->streams[from].rests_until = scheduler_.now() + microseconds(pause);
    schedule_at(find(id)->streams[from].rests_until, Task::GoOnWriting, id.value());
  }
  start_writing(id, from);
}

// What was written may have come out already before the system tells that it was written.
void TcpNetwork::drop_done(Stream& stream) {
  while (!stream.outgoing.empty()) {
    const Outgoing& front = stream.outgoing.front();
    const bool done =
        !front.end && front.written == front.bytes.size() && front.arrived == front.bytes.size();
    if (!done) return;
    stream.outgoing.pop_front();
    --stream.next;
  }
}

TcpNetwork::Outgoing& TcpNetwork::next_to_arrive(Stream& stream) {
  return *std::find_if(stream.outgoing.begin(), stream.outgoing.end(),
                       [](const Outgoing& sent) { return sent.arrived < sent.bytes.size(); });
}

// ---- Reading ---------------------------------------------------------------------------------

// A server takes nothing more from a client that does not take what it asked for.
void TcpNetwork::start_reading(ConnectionId id, End at) {
  Connection* connection = find(id);
  if (connection == nullptr) return;
  Side& side = connection->sides[at];
  const bool held = at == ServerEnd && connection->streams[at].unwritten > kMostWaitingOctets;
  if (side.socket == SocketId{} || side.reading || side.read_all || held) return;
  side.reading = true;
  sockets_.read(side.socket);
}

void TcpNetwork::read(ConnectionId id, End at, const Bytes& bytes) {
  Connection& connection = *find(id);
  connection.sides[at].reading = false;
  if (is_outside(connection, other(at))) {
    read_from_outside(id, at, bytes);
  } else {
    read_from_machine(id, at, bytes);
  }
  cut_if_due(id);
  start_reading(id, at);
  may_write_.emplace_back(id, ClientEnd);  // one that waited for these to arrive
  may_write_.emplace_back(id, ServerEnd);
}

// It may be the end of one piece that was sent, and the beginning of the next.
void TcpNetwork::read_from_machine(ConnectionId id, End at, const Bytes& bytes) {
  std::uint32_t done = 0;
  while (done < bytes.size() && find(id) != nullptr) {
    Stream& stream = find(id)->streams[other(at)];
    Outgoing& front = next_to_arrive(stream);
    const EventPosition sent = front.sent;
    const std::uint32_t offset = front.arrived;
    const auto size = std::min(static_cast<std::uint32_t>(bytes.size()) - done,
                               static_cast<std::uint32_t>(front.bytes.size()) - front.arrived);
    front.arrived += size;
    drop_done(stream);
    deliver(id, at, sent, offset, bytes.slice(done, size));
    done += size;
  }
}

void TcpNetwork::read_from_outside(ConnectionId id, End at, const Bytes& bytes) {
  Connection& connection = *find(id);
  const EventPosition sent =
      recorder().record(connection.nodes[other(at)], id, journal::BytesSent{bytes});
  const bool closed = connection.streams[at].ended;
  deliver(id, at, sent, 0, bytes);
  if (!closed) return;
  connection.ignored_bytes += bytes.size();
  if (connection.ignored_bytes > kMostIgnoredOctets) hang_up(id);
}

void TcpNetwork::deliver(ConnectionId id, End at, EventPosition sent, std::uint32_t offset,
                         const Bytes& bytes) {
  Connection& connection = *find(id);
  const auto size = static_cast<std::uint32_t>(bytes.size());
  connection.carried_bytes += size;
  const journal::Recorder::Because said(recorder(), sent);
  if (connection.streams[at].ended) {
    recorder().record(connection.nodes[other(at)], id, journal::BytesLost{sent, offset, size});
    return;
  }
  const EventPosition delivered =
      recorder().record(connection.nodes[at], id, journal::BytesDelivered{sent, offset, size});
  const journal::Recorder::Because because(recorder(), delivered);
  client_at(connection, at)->on_bytes(id, bytes.view());
}

// ---- Ends ------------------------------------------------------------------------------------

void TcpNetwork::write_end(ConnectionId id, End from) {
  Connection& connection = *find(id);
  Stream& stream = connection.streams[from];
  sockets_.finish_writing(connection.sides[from].socket);
  ++stream.next;
  if (!is_outside(connection, other(from))) return;
  // It is taken for granted that the visitor learns of it: nobody tells.
  const EventPosition closing = stream.outgoing.front().sent;
  stream.outgoing.clear();
  stream.next = 0;
  const journal::Recorder::Because because(recorder(), closing);
  if (!connection.streams[other(from)].ended) {
    recorder().record(connection.nodes[other(from)], id, journal::ConnectionClosed{});
    connection.last_moved = scheduler_.now();
    look_again(id, scheduler_.now() + kLinger);
  }
  start_reading(id, from);
  forget_if_over(id);
}

void TcpNetwork::read_all(ConnectionId id, End at) {
  Connection& connection = *find(id);
  Stream& stream = connection.streams[other(at)];
  connection.sides[at].reading = false;
  connection.sides[at].read_all = true;
  EventPosition closing;
  if (is_outside(connection, other(at))) {
    stream.ended = true;
    closing = recorder().record(connection.nodes[other(at)], id, journal::ConnectionClosing{});
  } else {
    assert(stream.next > 0);  // the end was written before it came
    closing = stream.outgoing.front().sent;
    stream.outgoing.pop_front();
    --stream.next;
  }
  const journal::Recorder::Because said(recorder(), closing);
  if (!connection.streams[at].ended) {
    const EventPosition closed =
        recorder().record(connection.nodes[at], id, journal::ConnectionClosed{});
    const journal::Recorder::Because because(recorder(), closed);
    client_at(connection, at)->on_closed(id, CloseKind::Orderly);
  }
  forget_if_over(id);
}

void TcpNetwork::forget_if_over(ConnectionId id) {
  const Connection* connection = find(id);
  if (connection == nullptr) return;
  for (const Stream& stream : connection->streams) {
    if (!stream.ended || !stream.outgoing.empty()) return;
  }
  forget(id);
}

// We have closed, the other side has not hung up: is it still busy with what was sent?
void TcpNetwork::linger(ConnectionId id) {
  const Connection& connection = *find(id);
  const bool has_read_all = connection.streams[own_end(connection)].outgoing.empty();
  const VirtualTime until = connection.last_moved + (has_read_all ? kLinger : kPatience);
  if (scheduler_.now() >= until) return hang_up(id);
  look_again(id, until);
}

void TcpNetwork::look_again(ConnectionId id, VirtualTime at) {
  Connection& connection = *find(id);
  scheduler_.cancel(connection.still_there);
  connection.still_there = schedule_at(at, Task::StillThere, id.value());
}

void TcpNetwork::hang_up(ConnectionId id) {
  const Connection& connection = *find(id);
  const End here = own_end(connection);
  lose_outgoing(id, here);
  if (!connection.streams[other(here)].ended) {
    recorder().record(connection.nodes[other(here)], id, journal::ConnectionReset{});
  }
  sockets_.reset(connection.sides[here].socket);
  forget(id);
}

}  // namespace mailwalk::net
