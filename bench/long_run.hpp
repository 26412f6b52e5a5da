// The run that the benchmarks measure.
#pragma once

#include <cstdint>

#include "world/scenario.hpp"

namespace mailwalk::bench {

// Device, MTA, relay, mailbox server, device: four hops. A mail of 4 KB every 100 ms, and a poll
// every minute.
world::Scenario long_run(int mails);

// Of such a run: more than a lesson may have.
inline constexpr std::uint64_t kMostEvents = 50'000'000;

}  // namespace mailwalk::bench
