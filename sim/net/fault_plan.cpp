#include "net/fault_plan.hpp"

#include <algorithm>

namespace mailwalk::net {

void FaultPlan::clear(NodeId a, NodeId b) {
  const auto cleared = [&](const LinkFault& fault) {
    if (b == kNoNode) return fault.a == a || fault.b == a;
    return (fault.a == a && fault.b == b) || (fault.a == b && fault.b == a);
  };
  faults_.erase(std::remove_if(faults_.begin(), faults_.end(), cleared), faults_.end());
}

const LinkFault* FaultPlan::find(journal::Fault kind, NodeId x, NodeId y, Port port,
                                 VirtualTime now) const {
  for (const LinkFault& fault : faults_) {
    if (fault.kind != kind || !fault.concerns(x, y)) continue;
    if (fault.port && *fault.port != port) continue;
    if (fault.until && *fault.until <= now) continue;
    return &fault;
  }
  return nullptr;
}

}  // namespace mailwalk::net
