#include "nodes/machine.hpp"

#include <algorithm>
#include <vector>

namespace mailwalk::nodes {

// ---- Conversation ----------------------------------------------------------------------------

Conversation::Conversation(Machine& machine)
    : machine_(machine), deadline_(machine.scheduler(), [this] {
        machine_.on_deadline(connection_);  // destroys *this if it is over with that
      }) {}

Done Conversation::answer_instead(const journal::AnswerReplaced& /*answer*/) {
  return Error{"this end of the connection answers nothing", "name the server's", "", 0, 0};
}

Done Conversation::type_instead(const journal::CommandTyped& /*typed*/) {
  return Error{"this end of the connection sends no commands", "name the client's", "", 0, 0};
}

VirtualTime Conversation::now() const {
  return machine_.now();
}

EventPosition Conversation::record(journal::Payload&& payload) {
  return machine_.record(connection_, std::move(payload));
}

void Conversation::send(std::string bytes) {
  machine_.surroundings_.network.send(connection_, machine_.id(), Bytes(std::move(bytes)));
}

void Conversation::promise() {
  machine_.surroundings_.network.promise(connection_, machine_.id());
}

std::uint64_t Conversation::waiting_octets() const {
  return machine_.surroundings_.network.waiting_octets(connection_, machine_.id());
}

void Conversation::close() {
  if (over_) return;
  over_ = true;
  machine_.surroundings_.network.close(connection_, machine_.id());
}

void Conversation::leave_to(std::unique_ptr<Conversation> next) {
  over_ = true;
  next_ = std::move(next);
  next_->connection_ = connection_;
}

// ---- Machine ---------------------------------------------------------------------------------

Machine::Machine(NodeId id, std::string host_name, IpAddress address, Surroundings surroundings,
                 std::uint64_t seed)
    : id_(id),
      host_name_(std::move(host_name)),
      address_(address),
      surroundings_(surroundings),
      prng_(seed) {}

EventPosition Machine::record(ConnectionId connection, journal::Payload&& payload) {
  return recorder().record(id_, connection, std::move(payload));
}

void Machine::listen(Port port, Acceptor acceptor) {
  acceptors_[port] = std::move(acceptor);
  surroundings_.network.listen(id_, port);
}

void Machine::call(IpAddress to, Port port, std::unique_ptr<Conversation> conversation) {
  const ConnectionId connection = surroundings_.network.connect(id_, to, port);
  conversation->connection_ = connection;
  conversations_[connection] = std::move(conversation);
}

void Machine::listen_datagrams(Port port, DatagramHandler handler) {
  if (handler) {
    datagram_handlers_[port] = std::move(handler);
  } else {
    datagram_handlers_.erase(port);
  }
}

void Machine::send_datagram(Port from_port, IpAddress to, Port to_port, std::string bytes) {
  surroundings_.network.send_datagram(id_, from_port, to, to_port, Bytes(std::move(bytes)));
}

void Machine::shut_down() {
  std::vector<ConnectionId> open;
  for (const auto& [connection, conversation] : conversations_) open.push_back(connection);
  std::sort(open.begin(), open.end());
  for (const ConnectionId connection : open) {
    with(connection, [](Conversation& c) { c.shut_down(); });
  }
}

Conversation* Machine::conversation(ConnectionId connection) {
  const auto found = conversations_.find(connection);
  return found == conversations_.end() ? nullptr : found->second.get();
}

template <class Act>
void Machine::with(ConnectionId connection, Act act) {
  const auto found = conversations_.find(connection);
  if (found == conversations_.end()) return;
  Conversation& conversation = *found->second;
  act(conversation);
  if (!conversation.over_) return;
  std::unique_ptr<Conversation> next = std::move(conversation.next_);
  if (next) {
    conversations_[connection] = std::move(next);
  } else {
    conversations_.erase(connection);
  }
}

void Machine::on_accepted(ConnectionId connection, Port local_port, const net::Caller& caller) {
  std::unique_ptr<Conversation> conversation = acceptors_.at(local_port)(caller);
  conversation->connection_ = connection;
  conversations_[connection] = std::move(conversation);
  with(connection, [](Conversation& c) { c.opened(); });
}

void Machine::on_connected(ConnectionId connection) {
  with(connection, [](Conversation& c) { c.opened(); });
}

void Machine::on_connect_failed(ConnectionId connection, net::ConnectFailure why) {
  with(connection, [why](Conversation& c) {
    c.over_ = true;
    c.failed(why);
  });
}

void Machine::on_bytes(ConnectionId connection, std::string_view bytes) {
  with(connection, [bytes](Conversation& c) { c.received(bytes); });
}

void Machine::on_output_moved(ConnectionId connection, std::uint64_t waiting_octets) {
  with(connection, [waiting_octets](Conversation& c) { c.output_moved(waiting_octets); });
}

void Machine::on_closed(ConnectionId connection, net::CloseKind how) {
  with(connection, [how](Conversation& c) {
    c.closed(how);
    if (how == net::CloseKind::Reset || !c.holds_back()) c.close();
  });
}

bool Machine::expects_no_more(ConnectionId connection) const {
  const auto found = conversations_.find(connection);
  return found != conversations_.end() && found->second->expects_no_more();
}

void Machine::on_deadline(ConnectionId connection) {
  with(connection, [](Conversation& c) { c.deadline_passed(); });
}

void Machine::on_datagram(const net::Datagram& datagram) {
  const auto found = datagram_handlers_.find(datagram.to_port);
  if (found == datagram_handlers_.end()) return;
  const DatagramHandler handler = found->second;  // it may close its own port
  handler(datagram);
}

}  // namespace mailwalk::nodes
