// TCP sockets of the operating system, in one thread: who asks for something is told later.
//
// This is the one place that knows Boost.Asio, and it knows nothing else: no machines, no journal.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/ip_address.hpp"
#include "base/result.hpp"
#include "base/virtual_time.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::net {

struct Endpoint {
  IpAddress address;
  Port port;

  friend constexpr auto operator<=>(const Endpoint&, const Endpoint&) = default;
  [[nodiscard]] std::string text() const;  // "127.0.2.1:2525"
};

// 1, 2, 3 … in the order in which they came to be; 0 is none.
using SocketId = StrongId<struct SocketIdTag, std::uint64_t>;
using ListenerId = StrongId<struct ListenerIdTag, std::uint32_t>;

// Whoever is told what happened. Calls come from within Sockets::wait(), one at a time.
class SocketOwner {
 public:
  virtual void socket_accepted(ListenerId at, SocketId socket, Endpoint peer) = 0;
  virtual void socket_connected(SocketId socket) = 0;
  virtual void socket_not_connected(SocketId socket, journal::ConnectFailure why) = 0;
  // Answers to read(): at least one octet, good until the call returns …
  virtual void socket_read(SocketId socket, std::string_view bytes) = 0;
  // … or the other side has said that it sends no more.
  virtual void socket_read_all(SocketId socket) = 0;
  // Answers to write(): so many octets have left, at least one.
  virtual void socket_wrote(SocketId socket, std::size_t octets) = 0;
  // The connection broke. The socket is gone.
  virtual void socket_broke(SocketId socket) = 0;

 protected:
  ~SocketOwner() = default;
};

class Sockets {
 public:
  // The owner must outlive it.
  explicit Sockets(SocketOwner& owner);
  ~Sockets();
  Sockets(const Sockets&) = delete;
  Sockets& operator=(const Sockets&) = delete;

  struct Listener {
    ListenerId id;
    Endpoint endpoint;  // with the port that was given where none was wanted
  };
  // Port 0: any that is free. An error says what to do about it.
  Result<Listener> listen(Endpoint endpoint);
  // Whoever calls from now on is refused.
  void stop_listening();

  // From any port of that address; {}: from whichever suits. nullopt: there is no such address, or
  // no socket left.
  std::optional<SocketId> connect(IpAddress from, Endpoint to);
  // Of its own end. REQUIRES that the socket is there. What follows does nothing if it is not: it
  // may have broken a moment ago.
  [[nodiscard]] Endpoint local_endpoint(SocketId socket) const;

  // Asks for the next octets. REQUIRES that it was answered before it is asked again.
  void read(SocketId socket);
  // Sends as much as the system takes now. REQUIRES what read() does, and at least one octet. Then
  // the end, if all of it was taken: it travels with the last octets.
  enum class Then : std::uint8_t { MayFollow, End };
  void write(SocketId socket, Bytes bytes, Then then);
  // The other side has hung up, or broken the line, and there is nothing to read.
  [[nodiscard]] bool has_left(SocketId socket) const;
  // Sends no more; the other side learns of it when all has arrived. Nothing happens if the end was
  // sent already.
  void finish_writing(SocketId socket);
  void close(SocketId socket);
  // The other side learns of a reset, and what has not arrived is lost.
  void reset(SocketId socket);

  // Real time since this was made, by a clock that is never set.
  [[nodiscard]] Duration age() const;
  // Of the real clock, now.
  [[nodiscard]] static std::int64_t unix_seconds();
  // Waits until something has happened (and was told), or until it is that old; no longer.
  void wait(Duration until_age);

  // From now on SIGINT and SIGTERM do not end the process, but a wait.
  void catch_signals();
  [[nodiscard]] bool signal_was_caught() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailwalk::net
