// The name space of a scenario: what its name server answers from.
#pragma once

#include "base/result.hpp"
#include "dns/zone_set.hpp"
#include "world/scenario.hpp"

namespace mailwalk::world {

// A zone for each domain with its MX records, and the addresses of all hosts. Devices have no name:
// nobody calls them.
dns::ZoneSet make_zones(const Scenario& scenario);

}  // namespace mailwalk::world
