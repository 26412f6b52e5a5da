#include "net/tcp_network.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace mailwalk::net {
namespace {

constexpr int kTcpTaskShift = 56;  // a task's kind stands above its number

// With nothing to wait for, somebody looks up once in a while all the same.
constexpr Duration kLongestWait = minutes(10);

// Those who are in come before those who call: for so many things that they had to say, one caller
// is let in, and one in any case. It takes about eight to send a mail.
constexpr std::size_t kHeardForEachCaller = 4;

}  // namespace

TcpNetwork::TcpNetwork(Scheduler& scheduler, TcpOptions options)
    : scheduler_(scheduler), options_(std::move(options)), sockets_(*this) {}

TcpNetwork::~TcpNetwork() = default;

// ---- Time ------------------------------------------------------------------------------------

std::optional<std::int64_t> TcpNetwork::real_unix_seconds() const {
  return Sockets::unix_seconds();
}

VirtualTime TcpNetwork::now() const {
  return VirtualTime{} + sockets_.age() + skipped_;
}

void TcpNetwork::wait(std::optional<VirtualTime> until) {
  const Duration age = sockets_.age();
  const Duration longest = waiting_.empty() ? age + kLongestWait : age;
  const Duration wanted = until ? *until - VirtualTime{} - skipped_ : longest;
  heard_ = 0;
  end_step();  // what was said outside of one, by whoever steps in
  sockets_.wait(std::min(wanted, longest));
  may_come_ = 1 + heard_ / kHeardForEachCaller;
  if (!waiting_.empty()) schedule_at(now(), Task::LetIn, 0);
}

bool TcpNetwork::is_quiet() const {
  return open_connections_ == 0 && told_.empty() && datagrams_.empty() && waiting_.empty();
}

void TcpNetwork::skip_to(VirtualTime time) {
  assert(is_quiet());
  skipped_ = skipped_ + std::max(Duration{}, time - now());
}

// ---- The map ---------------------------------------------------------------------------------

void TcpNetwork::add_machine(NodeId node, IpAddress address, NetworkClient& client) {
  assert(machines_.count(node) == 0 && addresses_.count(address) == 0);
  machines_[node] = {address, loopbacks_.add(address), &client};
  addresses_[address] = node;
}

void TcpNetwork::lead_outside(NodeId node, Endpoint endpoint) {
  Machine& machine = machines_.at(node);
  machine.client = nullptr;
  machine.external = endpoint;
  if (options_.reach == Reach::Anywhere || is_loopback(endpoint.address) || trouble_) return;
  trouble_ = Error{"the lesson calls " + endpoint.text() + ", which is not this computer",
                   "allow it with --reach-out, or use an address of 127.0.0.0/8", "", 0, 0};
}

void TcpNetwork::listen(NodeId node, Port port) {
  const auto usual = options_.ports.find(port);
  const Port real = usual == options_.ports.end() ? port : usual->second;
  open_door(node, port, {machines_.at(node).loopback, real});
  if (!options_.listen_at) return;
  const auto before = std::count_if(doors_.begin(), doors_.end(), [&](const auto& door) {
    return door.second.port == port && door.second.endpoint.address == *options_.listen_at;
  });
  const auto next = static_cast<std::uint16_t>(real.value() == 0 ? 0 : real.value() + before);
  open_door(node, port, {*options_.listen_at, Port{next}});
}

void TcpNetwork::open_door(NodeId node, Port port, Endpoint endpoint) {
  const Result<Sockets::Listener> listener = sockets_.listen(endpoint);
  if (listener) {
    doors_[listener->id] = {node, port, listener->endpoint};
  } else if (!trouble_) {
    trouble_ = listener.error();
  }
}

void TcpNetwork::stop_listening() {
  sockets_.stop_listening();
  doors_.clear();
}

std::vector<TcpNetwork::Door> TcpNetwork::doors() const {
  std::vector<Door> doors;
  for (const auto& [listener, door] : doors_) doors.push_back(door);
  return doors;
}

const TcpNetwork::Door* TcpNetwork::door_of(NodeId node, Port port) const {
  for (const auto& [listener, door] : doors_) {
    if (door.node == node && door.port == port && is_loopback(door.endpoint.address)) return &door;
  }
  return nullptr;
}

NodeId TcpNetwork::node_at(IpAddress address) const {
  const auto found = addresses_.find(address);
  return found == addresses_.end() ? kNoNode : found->second;
}

void TcpNetwork::own(SocketId socket, ConnectionId id, End end) {
  owners_[socket] = {id, end};
  find(id)->sides[end].socket = socket;
}

void TcpNetwork::disown(Side& side) {
  owners_.erase(side.socket);
  side.socket = {};
}

// ---- What sockets tell -----------------------------------------------------------------------

void TcpNetwork::note(SocketEvent event) {
  if (event.kind == SocketEvent::Kind::Read) ++heard_;
  told_.push_back(std::move(event));
  schedule_at(now(), Task::SocketTold, 0);
}

void TcpNetwork::socket_accepted(ListenerId at, SocketId socket, Endpoint peer) {
  note({.kind = SocketEvent::Kind::Accepted, .socket = socket, .listener = at, .peer = peer});
}
void TcpNetwork::socket_connected(SocketId socket) {
  note({.kind = SocketEvent::Kind::Connected, .socket = socket});
}
void TcpNetwork::socket_not_connected(SocketId socket, ConnectFailure why) {
  note({.kind = SocketEvent::Kind::NotConnected, .socket = socket, .why = why});
}
void TcpNetwork::socket_read(SocketId socket, std::string_view bytes) {
  note({.kind = SocketEvent::Kind::Read, .socket = socket, .bytes = Bytes(bytes)});
}
void TcpNetwork::socket_read_all(SocketId socket) {
  note({.kind = SocketEvent::Kind::ReadAll, .socket = socket});
}
void TcpNetwork::socket_wrote(SocketId socket, std::size_t octets) {
  note({.kind = SocketEvent::Kind::Wrote, .socket = socket, .octets = octets});
}
void TcpNetwork::socket_broke(SocketId socket) {
  note({.kind = SocketEvent::Kind::Broke, .socket = socket});
}

void TcpNetwork::take_socket_event() {
  const SocketEvent event = std::move(told_.front());
  told_.pop_front();
  if (event.kind == SocketEvent::Kind::Accepted) return accepted(event);
  const auto owner = owners_.find(event.socket);
  if (owner == owners_.end()) return;  // its connection was over in the meantime
  const auto [id, end] = owner->second;
  switch (event.kind) {
    case SocketEvent::Kind::Accepted: break;
    case SocketEvent::Kind::Connected: return connected(id);
    case SocketEvent::Kind::NotConnected: return call_failed(id, event.why);
    case SocketEvent::Kind::Read: return read(id, end, event.bytes);
    case SocketEvent::Kind::ReadAll: return read_all(id, end);
    case SocketEvent::Kind::Wrote: return wrote(id, end, static_cast<std::uint32_t>(event.octets));
    case SocketEvent::Kind::Broke: return broke(id, end);
  }
}

// ---- Tasks -----------------------------------------------------------------------------------

TaskId TcpNetwork::schedule_at(VirtualTime at, Task task, std::uint64_t number, Priority priority) {
  // What comes from outside has no cause in here; what comes from inside brings its own.
  const bool is_from_outside = task == Task::SocketTold || task == Task::LetIn;
  const EventPosition cause = is_from_outside ? kNoEvent : recorder().cause();
  const journal::Recorder::Because because(recorder(), cause);
  return scheduler_.schedule(at, priority, *this,
                             static_cast<std::uint64_t>(task) << kTcpTaskShift | number);
}

void TcpNetwork::run_task(std::uint64_t data) {
  const auto task = static_cast<Task>(data >> kTcpTaskShift);
  const std::uint64_t number = data & ((std::uint64_t{1} << kTcpTaskShift) - 1);
  if (task == Task::SocketTold) return take_socket_event();
  if (task == Task::LetIn) return let_next_in();
  if (task == Task::DatagramArrives) return datagram_arrives(number);
  if (task == Task::FaultEnds) return wake_stalled();

  const ConnectionId id{static_cast<std::uint32_t>(number)};
  if (find(id) == nullptr) return;
  switch (task) {
    case Task::CallRefused: return call_failed(id, ConnectFailure::Refused);
    case Task::CallUnreachable: return call_failed(id, ConnectFailure::Unreachable);
    case Task::CallTimedOut: return call_failed(id, ConnectFailure::TimedOut);
    case Task::Cut: return cut_now(id);
    case Task::GoOnWriting: start_writing(id, ClientEnd); return start_writing(id, ServerEnd);
    case Task::StillThere: return linger(id);
    case Task::SocketTold:
    case Task::LetIn:
    case Task::DatagramArrives:
    case Task::FaultEnds: break;
  }
}

// ---- Datagrams -------------------------------------------------------------------------------

void TcpNetwork::send_datagram(NodeId from, Port from_port, IpAddress to, Port to_port,
                               Bytes bytes) {
  const NodeId target = node_at(to);
  const EventPosition sent = recorder().record(
      from, kNoConnection, journal::DatagramSent{target, to, from_port, to_port, bytes});
  const journal::Recorder::Because because(recorder(), sent);
  const VirtualTime moment = scheduler_.now();
  const LinkFault* stall = faults_.find(journal::Fault::Stall, from, target, to_port, moment);
  const bool lost =
      target == kNoNode || (stall != nullptr && stall->after_bytes == 0) ||
      faults_.find(journal::Fault::Unreachable, from, target, to_port, moment) != nullptr;
  if (lost) {
    recorder().record(from, kNoConnection, journal::DatagramLost{sent});
    return;
  }
  const std::uint64_t serial = next_datagram_++;
  datagrams_[serial] = {target,
                        {machines_.at(from).address, from_port, to, to_port, std::move(bytes)}};
  schedule_at(moment, Task::DatagramArrives, serial);
}

void TcpNetwork::datagram_arrives(std::uint64_t serial) {
  const auto found = datagrams_.find(serial);
  const auto [target, datagram] = std::move(found->second);
  datagrams_.erase(found);
  const EventPosition delivered =
      recorder().record(target, kNoConnection, journal::DatagramDelivered{recorder().cause()});
  const journal::Recorder::Because because(recorder(), delivered);
  machines_.at(target).client->on_datagram(datagram);
}

}  // namespace mailwalk::net
