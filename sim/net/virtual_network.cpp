#include "net/virtual_network.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

namespace mailwalk::net {
namespace {

using journal::Fault;

constexpr int kTaskShift = 56;  // a task's kind stands above its number

// A machine that talks to itself does so at once.
constexpr Link kWithinMachine{Duration{0}, 0, 65'536, Segmentation::Full};

std::pair<NodeId, NodeId> in_order(NodeId a, NodeId b) {
  return a < b ? std::pair{a, b} : std::pair{b, a};
}

Duration sending_time(std::uint64_t octets, std::uint64_t bytes_per_second) {
  if (bytes_per_second == 0) return {};
  return {static_cast<std::int64_t>(octets * 1'000'000 / bytes_per_second)};
}

}  // namespace

VirtualNetwork::VirtualNetwork(Scheduler& scheduler, std::uint64_t seed)
    : scheduler_(scheduler), prng_(seed) {}

VirtualNetwork::~VirtualNetwork() = default;

// ---- The map ---------------------------------------------------------------------------------

void VirtualNetwork::add_machine(NodeId node, IpAddress address, NetworkClient& client) {
  assert(machines_.count(node) == 0 && addresses_.count(address) == 0);
  machines_[node] = {address, &client, {}, Place::Here};
  addresses_[address] = node;
}

void VirtualNetwork::set_link(NodeId a, NodeId b, Link link) {
  assert(link.segment_bytes > 0);
  links_[in_order(a, b)] = link;
}

void VirtualNetwork::listen(NodeId node, Port port) {
  machines_.at(node).listening.insert(port);
}

VirtualNetwork::Connection* VirtualNetwork::find(ConnectionId id) const {
  if (id == kNoConnection || id.value() > connections_.size()) return nullptr;
  return connections_[id.value() - 1].get();
}

NodeId VirtualNetwork::node_at(IpAddress address) const {
  const auto found = addresses_.find(address);
  return found == addresses_.end() ? kNoNode : found->second;
}

const Link& VirtualNetwork::link(NodeId a, NodeId b) const {
  if (a == b) return kWithinMachine;
  const auto found = links_.find(in_order(a, b));
  return found == links_.end() ? default_link_ : found->second;
}

const LinkFault* VirtualNetwork::fault(Fault kind, const Connection& connection) const {
  return faults_.find(kind, connection.client, connection.server, connection.port,
                      scheduler_.now());
}

// ---- Tasks -----------------------------------------------------------------------------------

TaskId VirtualNetwork::schedule_at(VirtualTime at, Task task, std::uint64_t number,
                                   Priority priority) {
  return scheduler_.schedule(at, priority, *this,
                             static_cast<std::uint64_t>(task) << kTaskShift | number);
}

void VirtualNetwork::run_task(std::uint64_t data) {
  const auto task = static_cast<Task>(data >> kTaskShift);
  const std::uint64_t number = data & ((std::uint64_t{1} << kTaskShift) - 1);
  if (task == Task::DatagramArrives) return datagram_arrives(number);
  if (task == Task::FaultEnds) return wake_stalled();

  const ConnectionId id{static_cast<std::uint32_t>(number)};
  const Connection* connection = find(id);
  if (connection == nullptr) return;
  switch (task) {
    case Task::CallArrives: return call_arrives(id);
    case Task::CallAnswered: return call_answered(id);
    case Task::CallRefused: return call_failed(id, ConnectFailure::Refused);
    case Task::CallUnreachable: return call_failed(id, ConnectFailure::Unreachable);
    case Task::CallTimedOut: return call_failed(id, ConnectFailure::TimedOut);
    case Task::ArrivesAtServer: return segment_arrives(id, ToServer);
    case Task::ArrivesAtClient: return segment_arrives(id, ToClient);
    case Task::ResetAtServer: return reset_arrives(id, connection->server);
    case Task::ResetAtClient: return reset_arrives(id, connection->client);
    case Task::Cut: return cut_now(id);
    case Task::DatagramArrives:
    case Task::FaultEnds: break;
  }
}

// ---- Calling ---------------------------------------------------------------------------------

ConnectionId VirtualNetwork::connect(NodeId from, IpAddress to, Port port) {
  auto connection = std::make_unique<Connection>();
  connection->client = from;
  connection->server = node_at(to);
  assert(connection->server != from);
  connection->port = port;
  const NodeId server = connection->server;
  connections_.push_back(std::move(connection));
  const ConnectionId id{static_cast<std::uint32_t>(connections_.size())};

  const EventPosition opening =
      recorder().record(from, id, journal::ConnectionOpening{server, to, port});
  const journal::Recorder::Because because(recorder(), opening);
  const VirtualTime now = scheduler_.now();
  const Duration one_way = link(from, server).latency;
  const bool is_here = server != kNoNode && machines_.at(server).place == Place::Here;
  if (!is_here || fault(Fault::Unreachable, *find(id)) != nullptr) {
    schedule_at(now + one_way, Task::CallUnreachable, id.value());
  } else if (stands_still(*find(id))) {
    schedule_at(now + kConnectTimeout, Task::CallTimedOut, id.value());
  } else {
    schedule_at(now + one_way, Task::CallArrives, id.value());
  }
  return id;
}

void VirtualNetwork::call_arrives(ConnectionId id) {
  Connection& connection = *find(id);
  const Machine& server = machines_.at(connection.server);
  const VirtualTime answered =
      scheduler_.now() + link(connection.client, connection.server).latency;
  const bool refused =
      server.listening.count(connection.port) == 0 || fault(Fault::Refuse, connection) != nullptr;
  if (refused) {
    schedule_at(answered, Task::CallRefused, id.value());
    return;
  }
  connection.phase = Phase::Accepted;
  const EventPosition accepted =
      recorder().record(connection.server, id, journal::ConnectionAccepted{});
  const journal::Recorder::Because because(recorder(), accepted);
  // Before anything the server sends now, so that the caller knows first that it is connected.
  schedule_at(answered, Task::CallAnswered, id.value());
  server.client->on_accepted(id, connection.port, {machines_.at(connection.client).address});
}

void VirtualNetwork::call_answered(ConnectionId id) {
  Connection& connection = *find(id);
  if (connection.streams[ToServer].ended) return;  // given up in the meantime
  connection.phase = Phase::Open;
  const NodeId client = connection.client;
  const EventPosition opened = recorder().record(client, id, journal::ConnectionOpened{});
  const journal::Recorder::Because because(recorder(), opened);
  machines_.at(client).client->on_connected(id);
}

void VirtualNetwork::call_failed(ConnectionId id, ConnectFailure why) {
  const NodeId client = find(id)->client;
  const EventPosition failed = recorder().record(client, id, journal::ConnectionFailed{why});
  connections_[id.value() - 1].reset();
  const journal::Recorder::Because because(recorder(), failed);
  machines_.at(client).client->on_connect_failed(id, why);
}

// ---- Streams ---------------------------------------------------------------------------------

void VirtualNetwork::send(ConnectionId id, NodeId from, Bytes bytes) {
  Connection* connection = find(id);
  if (connection == nullptr || bytes.empty()) return;
  const Direction direction = from == connection->client ? ToServer : ToClient;
  Stream& stream = connection->streams[direction];
  if (stream.ended) return;
  const EventPosition sent = recorder().record(from, id, journal::BytesSent{bytes});
  stream.waiting_octets += bytes.size();
  stream.outgoing.push_back({sent, std::move(bytes), 0, scheduler_.now(), false});
  if (!stream.moving) start_next_segment(id, direction);
}

std::uint64_t VirtualNetwork::waiting_octets(ConnectionId id, NodeId from) const {
  const Connection* connection = find(id);
  if (connection == nullptr) return 0;
  return connection->streams[from == connection->client ? ToServer : ToClient].waiting_octets;
}

void VirtualNetwork::close(ConnectionId id, NodeId from) {
  Connection* connection = find(id);
  if (connection == nullptr) return;
  const Direction direction = from == connection->client ? ToServer : ToClient;
  Stream& stream = connection->streams[direction];
  if (stream.ended) return;
  stream.ended = true;
  const EventPosition closing = recorder().record(from, id, journal::ConnectionClosing{});
  stream.outgoing.push_back({closing, Bytes{}, 0, scheduler_.now(), true});
  if (!stream.moving) start_next_segment(id, direction);
}

// Nothing leaves on it now: it stalls, or its other end cannot be reached any more.
bool VirtualNetwork::stands_still(const Connection& connection) const {
  const LinkFault* stall = fault(Fault::Stall, connection);
  return (stall != nullptr && connection.carried_bytes >= stall->after_bytes) ||
         fault(Fault::Unreachable, connection) != nullptr;
}

std::uint32_t VirtualNetwork::segment_size(const Connection& connection, const Link& link,
                                           std::uint32_t remaining) {
  std::uint32_t size = std::min(remaining, link.segment_bytes);
  // A fault after n octets is one after n octets, wherever the segments end.
  for (const Fault kind : {Fault::Reset, Fault::Stall}) {
    const LinkFault* coming = fault(kind, connection);
    if (coming == nullptr || coming->after_bytes <= connection.carried_bytes) continue;
    const std::uint64_t before_fault = coming->after_bytes - connection.carried_bytes;
    size = static_cast<std::uint32_t>(std::min<std::uint64_t>(size, before_fault));
  }
  if (link.segmentation == Segmentation::Random) {
    size = static_cast<std::uint32_t>(prng_.between(1, size));
  }
  return size;
}

void VirtualNetwork::start_next_segment(ConnectionId id, Direction direction) {
  Connection& connection = *find(id);
  Stream& stream = connection.streams[direction];
  if (stream.outgoing.empty()) {
    forget_if_over(id);
    return;
  }
  if (stands_still(connection)) return;

  Outgoing& next = stream.outgoing.front();
  const NodeId from = direction == ToServer ? connection.client : connection.server;
  const NodeId to = direction == ToServer ? connection.server : connection.client;
  const Link& path = link(from, to);
  stream.travelling = next.end
                          ? 0
                          : segment_size(connection, path,
                                         static_cast<std::uint32_t>(next.bytes.size()) - next.done);
  next.done += stream.travelling;

  const LinkFault* slow = fault(Fault::Slow, connection);
  VirtualTime& shared_line = line_free_[{from, to}];
  const VirtualTime begins = std::max({next.since, stream.line_free, shared_line});
  const VirtualTime ends =
      begins + sending_time(stream.travelling,
                            slow != nullptr ? slow->bytes_per_second : path.bytes_per_second);
  stream.line_free = ends;
  shared_line = ends;

  const journal::Recorder::Because because(recorder(), next.sent);
  stream.moving = true;
  stream.arrival = schedule_at(
      ends + path.latency, direction == ToServer ? Task::ArrivesAtServer : Task::ArrivesAtClient,
      id.value());
}

void VirtualNetwork::segment_arrives(ConnectionId id, Direction direction) {
  Connection& connection = *find(id);
  Stream& stream = connection.streams[direction];
  stream.moving = false;
  if (stream.outgoing.front().end) return end_arrives(id, direction);

  const Outgoing& whole = stream.outgoing.front();
  const std::uint32_t size = stream.travelling;
  const std::uint32_t offset = whole.done - size;
  const EventPosition sent = whole.sent;
  const Bytes arrived = whole.bytes.slice(offset, size);
  const NodeId from = direction == ToServer ? connection.client : connection.server;
  const NodeId to = direction == ToServer ? connection.server : connection.client;
  const bool listening = !connection.streams[direction == ToServer ? ToClient : ToServer].ended;
  const bool several_steps =
      size < whole.bytes.size() || stream.waiting_octets > kMostWaitingOctets;
  if (whole.done == whole.bytes.size()) stream.outgoing.pop_front();
  connection.carried_bytes += size;
  stream.travelling = 0;
  stream.waiting_octets -= size;
  const LinkFault* reset = fault(Fault::Reset, connection);
  const bool cut_here = reset != nullptr && connection.carried_bytes >= reset->after_bytes;

  if (several_steps && !stream.ended) {
    machines_.at(from).client->on_output_moved(id, stream.waiting_octets);
  }
  if (!listening) {
    recorder().record(from, id, journal::BytesLost{sent, offset, size});
  } else {
    const EventPosition delivered =
        recorder().record(to, id, journal::BytesDelivered{sent, offset, size});
    const journal::Recorder::Because because(recorder(), delivered);
    machines_.at(to).client->on_bytes(id, arrived.view());
  }
  if (cut_here) {
    if (find(id) != nullptr) cut_now(id);  // before anything else arrives in this moment
  } else if (Connection* still = find(id); still != nullptr && !still->streams[direction].moving) {
    start_next_segment(id, direction);
  }
}

void VirtualNetwork::end_arrives(ConnectionId id, Direction direction) {
  Connection& connection = *find(id);
  connection.streams[direction].outgoing.pop_front();
  const NodeId to = direction == ToServer ? connection.server : connection.client;
  const bool listening = !connection.streams[direction == ToServer ? ToClient : ToServer].ended;
  if (listening) {
    const EventPosition closed = recorder().record(to, id, journal::ConnectionClosed{});
    const journal::Recorder::Because because(recorder(), closed);
    machines_.at(to).client->on_closed(id, CloseKind::Orderly);
  }
  forget_if_over(id);
}

void VirtualNetwork::forget_if_over(ConnectionId id) {
  const Connection* connection = find(id);
  if (connection == nullptr) return;
  for (const Stream& stream : connection->streams) {
    if (!stream.ended || !stream.outgoing.empty()) return;
  }
  connections_[id.value() - 1].reset();
}

// ---- Breaking --------------------------------------------------------------------------------

void VirtualNetwork::lose_outgoing(ConnectionId id, Direction direction) {
  Connection& connection = *find(id);
  Stream& stream = connection.streams[direction];
  const NodeId from = direction == ToServer ? connection.client : connection.server;
  if (stream.moving) scheduler_.cancel(stream.arrival);
  for (const Outgoing& lost : stream.outgoing) {
    if (lost.end) continue;
    const std::uint32_t arrived =
        lost.done - (&lost == &stream.outgoing.front() ? stream.travelling : 0);
    const auto size = static_cast<std::uint32_t>(lost.bytes.size()) - arrived;
    recorder().record(from, id, journal::BytesLost{lost.sent, arrived, size});
  }
  stream.outgoing.clear();
  stream.waiting_octets = 0;
  stream.travelling = 0;
  stream.moving = false;
}

void VirtualNetwork::reset_side(ConnectionId id, NodeId at) {
  Connection& connection = *find(id);
  Stream& stream = connection.streams[at == connection.client ? ToServer : ToClient];
  if (stream.ended) return;
  stream.ended = true;  // whatever it does about it, nothing leaves on this connection any more
  const EventPosition reset = recorder().record(at, id, journal::ConnectionReset{});
  const journal::Recorder::Because because(recorder(), reset);
  machines_.at(at).client->on_closed(id, CloseKind::Reset);
}

void VirtualNetwork::abort(ConnectionId id, NodeId from) {
  Connection* connection = find(id);
  if (connection == nullptr) return;
  const Direction direction = from == connection->client ? ToServer : ToClient;
  if (connection->streams[direction].ended) return;
  if (connection->phase == Phase::Calling) {
    recorder().record(from, id, journal::ConnectionReset{});
    connections_[id.value() - 1].reset();
    return;
  }
  lose_outgoing(id, direction);
  connection->streams[direction].ended = true;
  const EventPosition reset = recorder().record(from, id, journal::ConnectionReset{});
  const journal::Recorder::Because because(recorder(), reset);
  schedule_at(scheduler_.now() + link(connection->client, connection->server).latency,
              direction == ToServer ? Task::ResetAtServer : Task::ResetAtClient, id.value());
}

void VirtualNetwork::reset_arrives(ConnectionId id, NodeId at) {
  lose_outgoing(id, at == find(id)->client ? ToServer : ToClient);
  reset_side(id, at);
  connections_[id.value() - 1].reset();
}

void VirtualNetwork::cut(ConnectionId id) {
  if (find(id) == nullptr) return;
  schedule_at(scheduler_.now(), Task::Cut, id.value(), Priority::AtOnce);
}

std::optional<std::pair<NodeId, NodeId>> VirtualNetwork::ends_of(ConnectionId id) const {
  const Connection* connection = find(id);
  if (connection == nullptr) return std::nullopt;
  const bool something_to_lose =
      std::any_of(std::begin(connection->streams), std::end(connection->streams),
                  [](const Stream& stream) { return !stream.ended || stream.waiting_octets > 0; });
  if (!something_to_lose) return std::nullopt;
  return std::pair{connection->client, connection->server};
}

void VirtualNetwork::cut_now(ConnectionId id) {
  const Connection& connection = *find(id);
  if (connection.phase == Phase::Calling) return call_failed(id, ConnectFailure::Unreachable);
  lose_outgoing(id, ToServer);
  lose_outgoing(id, ToClient);
  reset_side(id, connection.server);
  // Whoever still waits for the answer to a call hears that there is none.
  if (connection.phase == Phase::Accepted) return call_failed(id, ConnectFailure::Unreachable);
  reset_side(id, connection.client);
  connections_[id.value() - 1].reset();
}

void VirtualNetwork::inject(LinkFault fault) {
  if (fault.kind == Fault::Reset) cut_all(fault);
  if (fault.kind == Fault::Reset && fault.after_bytes == 0) return;
  faults_.add(fault);
  if (fault.until) schedule_at(*fault.until, Task::FaultEnds, 0);
}

void VirtualNetwork::cut_all(const LinkFault& fault) {
  for (std::uint32_t i = 0; i < connections_.size(); ++i) {
    const Connection* connection = connections_[i].get();
    if (connection == nullptr || !fault.concerns(connection->client, connection->server)) continue;
    if (fault.port && *fault.port != connection->port) continue;
    if (connection->carried_bytes < fault.after_bytes) continue;
    cut(ConnectionId{i + 1});
  }
}

void VirtualNetwork::clear_faults(NodeId a, NodeId b) {
  faults_.clear(a, b);
  wake_stalled();
}

void VirtualNetwork::wake_stalled() {
  for (std::uint32_t i = 0; i < connections_.size(); ++i) {
    for (const Direction direction : {ToServer, ToClient}) {
      const Connection* connection = connections_[i].get();
      if (connection == nullptr || connection->phase == Phase::Calling) break;
      Stream& stream = connections_[i]->streams[direction];
      if (!stream.moving && !stream.outgoing.empty()) {
        stream.line_free = std::max(stream.line_free, scheduler_.now());  // it leaves only now
        start_next_segment(ConnectionId{i + 1}, direction);
      }
    }
  }
}

// ---- Datagrams -------------------------------------------------------------------------------

void VirtualNetwork::send_datagram(NodeId from, Port from_port, IpAddress to, Port to_port,
                                   Bytes bytes) {
  const NodeId target = node_at(to);
  const auto size = bytes.size();
  const EventPosition sent = recorder().record(
      from, kNoConnection, journal::DatagramSent{target, to, from_port, to_port, bytes});
  const journal::Recorder::Because because(recorder(), sent);
  const VirtualTime now = scheduler_.now();
  // A stall that waits for the octets of a connection has nothing to do with datagrams.
  const LinkFault* stall = faults_.find(Fault::Stall, from, target, to_port, now);
  const bool lost = target == kNoNode || (stall != nullptr && stall->after_bytes == 0) ||
                    faults_.find(Fault::Unreachable, from, target, to_port, now) != nullptr;
  if (lost) {
    recorder().record(from, kNoConnection, journal::DatagramLost{sent});
    return;
  }
  const Link& path = link(from, target);
  const std::uint64_t serial = next_datagram_++;
  datagrams_[serial] = {target,
                        {machines_.at(from).address, from_port, to, to_port, std::move(bytes)}};
  schedule_at(now + sending_time(size, path.bytes_per_second) + path.latency, Task::DatagramArrives,
              serial);
}

void VirtualNetwork::datagram_arrives(std::uint64_t serial) {
  const auto found = datagrams_.find(serial);
  if (found == datagrams_.end()) return;
  const auto [target, datagram] = std::move(found->second);
  datagrams_.erase(found);
  const EventPosition delivered =
      recorder().record(target, kNoConnection, journal::DatagramDelivered{recorder().cause()});
  const journal::Recorder::Because because(recorder(), delivered);
  machines_.at(target).client->on_datagram(datagram);
}

void VirtualNetwork::lead_outside(NodeId node, Endpoint /*endpoint*/) {
  machines_.at(node).place = Place::Outside;
}

// ---- What was before -------------------------------------------------------------------------

void VirtualNetwork::take_up(const journal::Journal& past, VirtualTime /*now*/) {
  for (const journal::Event& event : past) {
    if (event.connection.value() <= connections_.size()) continue;
    connections_.resize(event.connection.value());
  }
}

}  // namespace mailwalk::net
