// What a scenario file leaves open: addresses, the domains of its accounts, who may relay.
#include <algorithm>
#include <set>

#include "world/scenario_reading.hpp"

namespace mailwalk::world {
namespace {

// TEST-NET-1, 192.0.2.0/24, which is nobody's (RFC 5737): larger than any scenario.
constexpr IpAddress kTestNet{0xC0000200};
static_assert(2 * kMostMachines < 254);

// The free addresses of the test network, from 192.0.2.1 on.
class AddressPool {
 public:
  explicit AddressPool(const std::map<IpAddress, std::string>& taken) : taken_(taken) {}

  IpAddress take() {
    do {
      ++last_.value;
    } while (taken_.count(last_) > 0);
    return last_;
  }

 private:
  const std::map<IpAddress, std::string>& taken_;
  IpAddress last_ = kTestNet;
};

void assign_addresses(Reading& reading) {
  AddressPool pool(reading.addresses);
  for (HostSpec& host : reading.scenario.hosts) {
    if (host.address == IpAddress{}) host.address = pool.take();
  }
  for (DeviceSpec& device : reading.scenario.devices) {
    if (device.address == IpAddress{}) device.address = pool.take();
  }
}

void assign_domain_addresses(Reading& reading) {
  for (DomainSpec& domain : reading.scenario.domains) {
    const auto named = reading.domain_hosts.find(domain.name);
    if (named == reading.domain_hosts.end()) continue;
    domain.address = find_host(reading.scenario, named->second)->address;
  }
}

// A domain that has accounts but no [[domain]] leads to the hosts of its accounts.
void add_account_domains(Scenario& scenario) {
  std::set<std::string> given;
  for (const DomainSpec& domain : scenario.domains) given.insert(domain.name);
  for (const HostSpec& host : scenario.hosts) {
    if (!host.mailbox) continue;
    for (const std::string& name : host.mailbox->domains) {
      if (given.count(name) > 0) continue;
      const auto added =
          std::find_if(scenario.domains.begin(), scenario.domains.end(),
                       [&](const DomainSpec& domain) { return domain.name == name; });
      if (added != scenario.domains.end()) {
        added->mx.push_back({10, host.name});
        continue;
      }
      DomainSpec domain;
      domain.name = name;
      domain.mx.push_back({10, host.name});
      scenario.domains.push_back(std::move(domain));
    }
  }
}

// An MTA takes mail for anywhere only from those that were told to hand it theirs: it is never an
// open relay.
void assign_relay_lists(Reading& reading) {
  for (HostSpec& host : reading.scenario.hosts) {
    if (!host.mta || reading.own_relay_lists.count(host.name) > 0) continue;
    for (const HostSpec& other : reading.scenario.hosts) {
      if (other.mta && other.mta->next_hop == host.name) {
        host.mta->relays_for.push_back(other.name);
      }
    }
    for (const DeviceSpec& device : reading.scenario.devices) {
      if (device.submit_to == host.name) host.mta->relays_for.push_back(device.name);
    }
  }
}

}  // namespace

void fill_defaults(Reading& reading) {
  assign_addresses(reading);
  assign_domain_addresses(reading);
  add_account_domains(reading.scenario);
  assign_relay_lists(reading);
}

}  // namespace mailwalk::world
