// The run that the benchmarks measure.
#pragma once

#include "world/scenario.hpp"

namespace mailwalk::bench {

// Device, MTA, relay, mailbox server, device: four hops. A mail of 4 KB every 100 ms, and a poll
// every minute.
world::Scenario long_run(int mails);

}  // namespace mailwalk::bench
