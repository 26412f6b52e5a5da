// Two sessions against each other, over a line in memory that cuts what passes at any octet.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/prng.hpp"
#include "base/virtual_time.hpp"

namespace mailwalk::test {

// Sessions without I/O, of any protocol: start, receive, peer_closed, next_event, take_output and
// wants_close are all that is used of them. The sessions must outlive the pair.
template <class Client, class Server>
class SessionPair {
 public:
  struct Options {
    std::uint64_t seed = 1;               // of the order and the size of the segments
    std::size_t max_segment_octets = 16;  // segments are of 1 to so many octets
    // The line breaks when so many octets have arrived, both directions counted together.
    std::optional<std::size_t> breaks_after_octets;
  };

  SessionPair(Client& client, Server& server, Options options)
      : client_(client), server_(server), options_(options), prng_(options.seed) {}

  // Lets them talk until the line is closed or broken, or nobody has anything to say. The handlers
  // are called with each event, in order, and may call the sessions.
  template <class OnClientEvent, class OnServerEvent>
  void run(OnClientEvent on_client_event, OnServerEvent on_server_event) {
    client_.start(now_);
    server_.start(now_);
    settle(on_client_event, on_server_event);
    while (step()) settle(on_client_event, on_server_event);
  }

  [[nodiscard]] VirtualTime now() const { return now_; }
  // All that has arrived on each side.
  [[nodiscard]] const std::string& said_by_client() const { return to_server_.arrived; }
  [[nodiscard]] const std::string& said_by_server() const { return to_client_.arrived; }

 private:
  struct Direction {
    std::string waiting;
    std::string arrived;
    enum class End { Open, Closed } end = End::Open;
  };

  Client& client_;
  Server& server_;
  Options options_;
  Prng prng_;
  VirtualTime now_;
  Direction to_client_;
  Direction to_server_;

  template <class OnClientEvent, class OnServerEvent>
  void settle(OnClientEvent& on_client_event, OnServerEvent& on_server_event) {
    while (auto event = client_.next_event()) on_client_event(*event);
    while (auto event = server_.next_event()) on_server_event(*event);
    to_server_.waiting += client_.take_output();
    to_client_.waiting += server_.take_output();
  }

  // One segment, or one end of the line, arrives. False if there is nothing to arrive.
  bool step() {
    now_ = now_ + milliseconds(1);
    if (options_.breaks_after_octets == arrived_octets()) return break_line();
    const bool server_first = prng_.chance(500);
    if (server_first)
      return deliver_to(server_, to_server_) || deliver_to(client_, to_client_) || close_line();
    return deliver_to(client_, to_client_) || deliver_to(server_, to_server_) || close_line();
  }

  template <class Session>
  bool deliver_to(Session& session, Direction& direction) {
    if (direction.waiting.empty() || direction.end == Direction::End::Closed) return false;
    std::size_t size = 1 + static_cast<std::size_t>(prng_.below(options_.max_segment_octets));
    size = std::min(size, direction.waiting.size());
    if (options_.breaks_after_octets) {
      size = std::min(size, *options_.breaks_after_octets - arrived_octets());
    }
    const std::string segment = direction.waiting.substr(0, size);
    direction.waiting.erase(0, size);
    direction.arrived += segment;
    session.receive(segment, now_);
    return true;
  }

  // Who wants to close does so once all has arrived; the other one is told.
  bool close_line() {
    if (server_.wants_close() && close_direction(to_client_)) {
      client_.peer_closed(now_);
      return true;
    }
    if (client_.wants_close() && close_direction(to_server_)) {
      server_.peer_closed(now_);
      return true;
    }
    return false;
  }

  bool break_line() {
    const bool was_open = close_direction(to_client_);
    if (!close_direction(to_server_) && !was_open) return false;
    client_.peer_closed(now_);
    server_.peer_closed(now_);
    return true;
  }

  static bool close_direction(Direction& direction) {
    if (direction.end == Direction::End::Closed) return false;
    direction.end = Direction::End::Closed;
    return true;
  }

  [[nodiscard]] std::size_t arrived_octets() const {
    return to_client_.arrived.size() + to_server_.arrived.size();
  }
};

}  // namespace mailwalk::test
