// Where the machines of a scenario are to be found when they stand on this computer.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "base/ids.hpp"
#include "base/ip_address.hpp"

namespace mailwalk::net {

// Ports of the protocols, and those at which anybody may listen without the administrator's rights.
using PortMap = std::map<Port, Port>;
inline const PortMap kUsualPorts{{kSmtpPort, Port{2525}},
                                 {kPop3Port, Port{1110}},
                                 {kSubmissionsPort, Port{4650}},
                                 {kSubmissionPort, Port{5870}},
                                 {kPop3sPort, Port{9950}}};

// Gives each machine a loopback address of its own, which stays the same from run to run: that of
// the scenario with 127 in front, 127.0.2.1 for 192.0.2.1. All of 127.0.0.0/8 is this computer
// (RFC 1122 section 3.2.1.3).
class LoopbackAddresses {
 public:
  // The next free one, where another machine has it already. 127.0.0.x is left to other programs.
  IpAddress add(IpAddress in_scenario);

  [[nodiscard]] bool is_ours(IpAddress address) const { return taken_.count(address) > 0; }

 private:
  std::set<IpAddress> taken_;
};

// Whether only this computer itself reaches the address.
constexpr bool is_loopback(IpAddress address) {
  return address.value >> 24 == 127;
}

}  // namespace mailwalk::net
