// A machine of the world with the programs that run on it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "nodes/device.hpp"
#include "nodes/maa_server.hpp"
#include "nodes/machine.hpp"
#include "nodes/mailbox_server.hpp"
#include "nodes/mta.hpp"
#include "nodes/name_server.hpp"
#include "nodes/resolver.hpp"
#include "nodes/user_agent.hpp"
#include "store/device_store.hpp"
#include "world/scenario.hpp"

namespace mailwalk::world {

// Programs that a machine does not have are null; an external host has none. Destroyed in reverse
// order: nobody outlives what it stands on.
struct Inhabitant {
  std::string name;
  std::unique_ptr<nodes::Machine> machine;
  std::unique_ptr<nodes::Resolver> resolver;
  std::unique_ptr<nodes::NameServer> name_server;
  std::unique_ptr<nodes::MailboxServer> mailbox_server;
  std::unique_ptr<nodes::Mta> mta;
  std::unique_ptr<nodes::MaaServer> maa_server;
  std::unique_ptr<store::DeviceStore> store;
  std::unique_ptr<nodes::UserAgent> user_agent;
  std::unique_ptr<nodes::Device> device;

  // Whose answers a scenario scripts for this protocol; nullptr if nobody here speaks it.
  [[nodiscard]] nodes::AnswerScript* script(journal::Protocol protocol) const;
};

// Each machine draws from a sequence of its own, so that one more machine changes nothing for the
// others.
std::uint64_t machine_seed(std::uint64_t world_seed, NodeId machine);

// What all machines of a world have in common when they are set up.
struct Ground {
  const Scenario& scenario;
  nodes::Surroundings surroundings;
  IpAddress name_server;  // whom every machine asks
};

// The bare machine; records MachineAdded. It must be known to the network before programs start.
Inhabitant make_inhabitant(const HostSpec& host, NodeId id, const Ground& ground);
Inhabitant make_inhabitant(const DeviceSpec& device, NodeId id, const Ground& ground);

// Its programs, which record what they hold: maildrops, accounts.
void start_programs(Inhabitant& inhabitant, const HostSpec& host, const Ground& ground);
void start_programs(Inhabitant& inhabitant, const DeviceSpec& device, const Ground& ground);

}  // namespace mailwalk::world
