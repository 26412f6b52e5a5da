// What is broken in the virtual network at present.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "base/virtual_time.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::net {

// A fault on everything between two machines, or between one machine and all others.
struct LinkFault {
  journal::Fault kind = journal::Fault::Refuse;  // Refuse, Unreachable, Reset, Stall or Slow
  NodeId a;
  NodeId b;                            // kNoNode: every machine
  std::optional<Port> port;            // only connections to this port
  std::uint64_t after_bytes = 0;       // Reset, Stall: once a connection carried so many octets
  std::uint64_t bytes_per_second = 0;  // Slow
  std::optional<VirtualTime> until;    // none: until it is cleared

  [[nodiscard]] bool concerns(NodeId x, NodeId y) const {
    return (a == x && (b == kNoNode || b == y)) || (a == y && (b == kNoNode || b == x));
  }
};

class FaultPlan {
 public:
  void add(LinkFault fault) { faults_.push_back(fault); }
  [[nodiscard]] bool empty() const { return faults_.empty(); }

  // Takes away every fault between the two machines (b = kNoNode: every fault at a).
  void clear(NodeId a, NodeId b);

  // The first fault of that kind that is in force between them. Port: of the connection's server.
  [[nodiscard]] const LinkFault* find(journal::Fault kind, NodeId x, NodeId y, Port port,
                                      VirtualTime now) const;

 private:
  std::vector<LinkFault> faults_;  // in the order in which they were injected
};

}  // namespace mailwalk::net
