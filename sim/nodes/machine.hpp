// A machine of the network and the door through which its programs reach the outside.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/ids.hpp"
#include "base/ip_address.hpp"
#include "base/prng.hpp"
#include "base/result.hpp"
#include "base/virtual_time.hpp"
#include "journal/payloads.hpp"
#include "net/network.hpp"
#include "net/scheduler.hpp"
#include "tls/issuer.hpp"

namespace mailwalk::nodes {

class Machine;

// One connection as a program holds it, from the call to the end. The machine owns it and destroys
// it once it is over.
class Conversation {
 public:
  explicit Conversation(Machine& machine);
  virtual ~Conversation() = default;
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  [[nodiscard]] ConnectionId connection() const { return connection_; }

  // A person steps in. An error if nobody can at this end, or not so. What they did is recorded
  // when its turn comes.
  virtual Done answer_instead(const journal::AnswerReplaced& answer);
  virtual Done type_instead(const journal::CommandTyped& typed);

 protected:
  [[nodiscard]] Machine& machine() { return machine_; }
  [[nodiscard]] VirtualTime now() const;
  EventPosition record(journal::Payload&& payload);
  void send(std::string bytes);
  // What is sent next is a promise: see net::Network::promise().
  void promise();
  // Octets that were sent and have not left yet.
  [[nodiscard]] std::uint64_t waiting_octets() const;
  // Closes in order; the conversation is over.
  void close();
  // This conversation is over, and another one goes on with the connection.
  void leave_to(std::unique_ptr<Conversation> next);
  void set_deadline(std::optional<VirtualTime> deadline) { deadline_.set(deadline); }
  // The peer sends no more: whether there is still something to say to it, later.
  [[nodiscard]] virtual bool holds_back() const { return false; }

 private:
  friend class Machine;
  virtual void opened() = 0;
  virtual void failed(net::ConnectFailure why) = 0;  // of a call; nothing follows
  virtual void received(std::string_view bytes) = 0;
  // So many octets of what was sent are still to arrive.
  virtual void output_moved(std::uint64_t /*waiting_octets*/) {}
  virtual void closed(net::CloseKind how) = 0;  // nothing follows
  virtual void deadline_passed() = 0;
  // The machine is about to go. A client is left to its server.
  virtual void shut_down() {}
  // All is said at both ends: however the line ends now, it ends in order.
  [[nodiscard]] virtual bool expects_no_more() const { return false; }

  Machine& machine_;
  ConnectionId connection_;
  net::Timer deadline_;
  bool over_ = false;
  std::unique_ptr<Conversation> next_;  // once it is over; nullptr: nobody goes on
};

// What every machine of a world shares.
struct Surroundings {
  net::Network& network;
  net::Scheduler& scheduler;
  Calendar calendar;
  tls::Issuer& issuer;
};

class Machine final : public net::NetworkClient {
 public:
  // seed: for what its programs draw by lot.
  Machine(NodeId id, std::string host_name, IpAddress address, Surroundings surroundings,
          std::uint64_t seed);
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  [[nodiscard]] NodeId id() const { return id_; }
  [[nodiscard]] const std::string& host_name() const { return host_name_; }
  [[nodiscard]] IpAddress address() const { return address_; }
  [[nodiscard]] const Calendar& calendar() const { return surroundings_.calendar; }
  [[nodiscard]] net::Scheduler& scheduler() { return surroundings_.scheduler; }
  [[nodiscard]] journal::Recorder& recorder() { return surroundings_.scheduler.recorder(); }
  [[nodiscard]] VirtualTime now() const { return surroundings_.scheduler.now(); }
  // For names that nobody else may have given; nullopt where the same run gives the same names.
  [[nodiscard]] std::optional<std::int64_t> real_unix_seconds() const {
    return surroundings_.network.real_unix_seconds();
  }
  [[nodiscard]] Prng& prng() { return prng_; }
  [[nodiscard]] tls::Issuer& issuer() { return surroundings_.issuer; }

  // An event at this machine.
  EventPosition record(ConnectionId connection, journal::Payload&& payload);

  // Each caller on that port gets a conversation, also one for whom there is no room: it is told.
  using Acceptor = std::function<std::unique_ptr<Conversation>(const net::Caller& caller)>;
  void listen(Port port, Acceptor acceptor);

  // Every server on this machine says good-bye and closes its connections.
  void shut_down();

  // nullptr if there is none, or if it is over. Good until the next thing happens on it.
  [[nodiscard]] Conversation* conversation(ConnectionId connection);

  // The conversation is told whether it came to be.
  void call(IpAddress to, Port port, std::unique_ptr<Conversation> conversation);

  using DatagramHandler = std::function<void(const net::Datagram&)>;
  // Takes the place of an earlier handler; an empty one closes the port.
  void listen_datagrams(Port port, DatagramHandler handler);
  void send_datagram(Port from_port, IpAddress to, Port to_port, std::string bytes);

 private:
  friend class Conversation;

  void on_accepted(ConnectionId connection, Port local_port, const net::Caller& caller) override;
  void on_connected(ConnectionId connection) override;
  void on_connect_failed(ConnectionId connection, net::ConnectFailure why) override;
  void on_bytes(ConnectionId connection, std::string_view bytes) override;
  void on_output_moved(ConnectionId connection, std::uint64_t waiting_octets) override;
  void on_closed(ConnectionId connection, net::CloseKind how) override;
  [[nodiscard]] bool expects_no_more(ConnectionId connection) const override;
  void on_datagram(const net::Datagram& datagram) override;
  void on_deadline(ConnectionId connection);

  // Lets the conversation act, if it is still there, and destroys it if it is over then: another
  // one may take its place.
  template <class Act>
  void with(ConnectionId connection, Act act);

  NodeId id_;
  std::string host_name_;
  IpAddress address_;
  Surroundings surroundings_;
  Prng prng_;
  std::map<Port, Acceptor> acceptors_;
  std::map<Port, DatagramHandler> datagram_handlers_;
  std::unordered_map<ConnectionId, std::unique_ptr<Conversation>> conversations_;
};

}  // namespace mailwalk::nodes
