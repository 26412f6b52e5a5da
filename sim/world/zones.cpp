#include "world/zones.hpp"

#include <map>
#include <string>
#include <utility>

namespace mailwalk::world {
namespace {

dns::NameFailure failure_of(NameFailure failure) {
  switch (failure) {
    case NameFailure::None: return dns::NameFailure::None;
    case NameFailure::ServerFailure: return dns::NameFailure::ServerFailure;
    case NameFailure::NoAnswer: return dns::NameFailure::Silence;
  }
  return dns::NameFailure::None;
}

class ZoneBuilder {
 public:
  void add_domain(const DomainSpec& domain) {
    const auto name = dns::Name::parse(domain.name);
    if (!name) return;
    dns::Zone& zone = zone_for(*name, *name);
    for (const MxSpec& mx : domain.mx) {
      // No host: the null MX of RFC 7505, which is the root.
      const auto exchange = mx.host.empty() ? dns::Name{} : dns::Name::parse(mx.host);
      if (exchange) add(zone, {*name, dns::MxData{mx.preference, *exchange}});
    }
    if (domain.address) add(zone, {*name, dns::AData{*domain.address}});
    zone.set_failure(*name, failure_of(domain.failure));
  }

  void add_host(const HostSpec& host) {
    const auto name = dns::Name::parse(host.name);
    if (!name) return;
    const dns::Name apex = name->labels().size() > 1 ? name->parent() : *name;
    add(zone_for(*name, apex), {*name, dns::AData{host.address}});
  }

  dns::ZoneSet take() {
    dns::ZoneSet set;
    for (auto& [apex, zone] : zones_) set.add(std::move(zone));
    return set;
  }

 private:
  // The zone that holds `name` already, or a new one with that apex.
  dns::Zone& zone_for(const dns::Name& name, const dns::Name& apex) {
    for (dns::Name above = name;; above = above.parent()) {
      const auto found = zones_.find(above);
      if (found != zones_.end()) return found->second;
      if (above.is_root()) break;
    }
    return zones_.emplace(apex, dns::Zone(apex)).first->second;
  }

  // A record that is there already (a domain's own address that is also a host's) is not added
  // twice.
  static void add(dns::Zone& zone, dns::ResourceRecord record) {
    (void)zone.add(std::move(record));
  }

  std::map<dns::Name, dns::Zone> zones_;
};

}  // namespace

dns::ZoneSet make_zones(const Scenario& scenario) {
  ZoneBuilder builder;
  for (const DomainSpec& domain : scenario.domains) builder.add_domain(domain);
  for (const HostSpec& host : scenario.hosts) builder.add_host(host);
  return builder.take();
}

}  // namespace mailwalk::world
