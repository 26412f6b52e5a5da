// A network on which a world is set up: what the world asks of it, beside what machines ask.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "base/virtual_time.hpp"
#include "journal/journal.hpp"
#include "net/fault_plan.hpp"
#include "net/network.hpp"
#include "net/sockets.hpp"

namespace mailwalk::net {

// How long a caller waits for a host that never answers (as Postfix's smtp_connect_timeout).
inline constexpr Duration kConnectTimeout = seconds(30);

enum class Segmentation : std::uint8_t {
  Full,    // each segment as large as the link allows
  Random,  // each segment of a random size up to that
};

struct Link {
  Duration latency = milliseconds(20);         // one way
  std::uint64_t bytes_per_second = 1'250'000;  // 0 = without limit
  std::uint32_t segment_bytes = 1'460;         // at least 1
  Segmentation segmentation = Segmentation::Full;
};

class WorldNetwork : public Network {
 public:
  // REQUIRES that node and address are new, and that the client outlives the network's use.
  virtual void add_machine(NodeId node, IpAddress address, NetworkClient& client) = 0;

  // Somebody else's server at that endpoint plays this machine, which has no programs of ours.
  // Where time is not real, nobody can reach it. REQUIRES that the machine was added and never
  // listens.
  virtual void lead_outside(NodeId node, Endpoint endpoint) = 0;

  // How lines are, in both directions. Where they are real, they are as they are.
  virtual void set_link(NodeId a, NodeId b, Link link) = 0;
  virtual void set_default_link(Link link) = 0;

  // From the next moment on. Reset cuts at once what has carried so many octets already; without
  // after_bytes that is everything that is open, and the fault does not stay.
  // Machines of kNoNode and a fault that cannot be in a network (Answer) are the caller's mistake.
  virtual void inject(LinkFault fault) = 0;
  virtual void clear_faults(NodeId a, NodeId b) = 0;

  // Cuts one connection, for both sides at once: the next thing that happens.
  virtual void cut(ConnectionId connection) = 0;
  // Client and server of a connection that can still be cut; nullopt: it is over, or nothing would
  // be lost and nobody would learn of it.
  [[nodiscard]] virtual std::optional<std::pair<NodeId, NodeId>> ends_of(
      ConnectionId connection) const = 0;

  // A step is over, and whoever watches has seen what happened in it. Where time is real, what was
  // said in it leaves now.
  virtual void end_step() {}

  // A run is taken up again that came as far as this journal says, and goes on from that moment.
  // No number of a connection is given again. REQUIRES that nobody has called yet.
  virtual void take_up(const journal::Journal& past, VirtualTime now) = 0;

  // What is drawn by lot from now on is drawn as in a network with this seed.
  virtual void reseed(std::uint64_t seed) = 0;
};

}  // namespace mailwalk::net
