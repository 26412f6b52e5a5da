// The run that the benchmarks measure.
#pragma once

#include <cstdint>

#include "world/scenario.hpp"

namespace mailwalk::bench {

// Device, MTA, relay, mailbox server, device: four hops. A mail of 4 KB every 100 ms, and a poll
// every minute.
world::Scenario long_run(int mails);

// The same, with a poll every 10 seconds: letters lie everywhere after a few of them, and there are
// always as many in the maildrop.
world::Scenario full_shelves_run(int mails);

// The same machines, but few mails, which stay on the server: a device looks for more of them every
// minute. Runs of any length show the same letters.
world::Scenario polling_run(int polls);

// Of such a run: more than a lesson may have.
inline constexpr std::uint64_t kMostEvents = 50'000'000;

}  // namespace mailwalk::bench
