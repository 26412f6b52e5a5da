// A virtual network with three machines on it that only listen and note down what they hear.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"
#include "journal/recorder.hpp"
#include "net/scheduler.hpp"
#include "net/virtual_network.hpp"

namespace mailwalk::test {

// What the network told a machine, in the order in which it did.
class Ear final : public net::NetworkClient {
 public:
  struct Piece {
    VirtualTime time;
    std::size_t octets;
  };

  explicit Ear(net::Scheduler& scheduler) : scheduler_(scheduler) {}

  // "60000 connected 1": microseconds, event, connection.
  std::vector<std::string> notes;
  std::map<ConnectionId, std::string> heard;          // all octets of a connection
  std::map<ConnectionId, std::vector<Piece>> pieces;  // as they came
  std::vector<std::string> datagrams;
  std::vector<ConnectionId> too_many;  // of those that were accepted: there was no room for them

  // What it does about it; nothing unless a test says so.
  std::function<void(ConnectionId)> when_accepted = [](ConnectionId) {};
  std::function<void(ConnectionId)> when_connected = [](ConnectionId) {};
  std::function<void(ConnectionId)> when_bytes = [](ConnectionId) {};
  std::function<void(ConnectionId)> when_closed = [](ConnectionId) {};

 private:
  void on_accepted(ConnectionId connection, Port local_port, const net::Caller& caller) override;
  void on_connected(ConnectionId connection) override;
  void on_connect_failed(ConnectionId connection, net::ConnectFailure why) override;
  void on_bytes(ConnectionId connection, std::string_view bytes) override;
  void on_closed(ConnectionId connection, net::CloseKind how) override;
  void on_datagram(const net::Datagram& datagram) override;
  void note(const std::string& what, ConnectionId connection);

  net::Scheduler& scheduler_;
};

inline constexpr NodeId kAnn{1}, kBob{2}, kCid{3};
inline constexpr IpAddress kAnnAddress{0x0A000001}, kBobAddress{0x0A000002},
    kCidAddress{0x0A000003}, kNobodysAddress{0x0A0000FF};
inline constexpr Port kPort{25};

// Octets of the journal's BytesSent, BytesDelivered and BytesLost of a connection.
struct Sums {
  std::uint64_t sent = 0, delivered = 0, lost = 0;
};
Sums sums_of(const journal::Journal& journal, ConnectionId connection);

// Bob listens on kPort.
class Lab {
 public:
  explicit Lab(net::Link link, std::uint64_t seed = 1);

  void at(Duration time, std::function<void()> act);
  ConnectionId call() { return network.connect(kAnn, kBobAddress, kPort); }
  void run();
  void run_until(Duration time);

  [[nodiscard]] Sums sums(ConnectionId connection) const { return sums_of(journal, connection); }

  journal::Journal journal;
  journal::Recorder recorder{journal};
  net::Scheduler scheduler{recorder};
  net::VirtualNetwork network;
  Ear ann{scheduler}, bob{scheduler}, cid{scheduler};

 private:
  struct Later final : net::TaskHandler {
    std::deque<std::function<void()>> acts;
    void run_task(std::uint64_t data) override { acts[data](); }
  } later_;
};

// A megabyte a second: an octet takes a microsecond.
inline net::Link microsecond_link() {
  return {milliseconds(20), 1'000'000, 1'000, net::Segmentation::Full};
}

// "0123456789 0123…": octets whose place can be told from them.
std::string counted_text(std::size_t octets);

}  // namespace mailwalk::test
