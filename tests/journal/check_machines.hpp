// What the machines really hold, against what the view says of them. No other test asks machines.
#pragma once

#include "journal/world_view.hpp"
#include "world/world.hpp"

namespace mailwalk::test {

// Outboxes, queues, maildrops and devices: REQUIRES of Catch2 that they are the same.
void check_machines(const world::World& world, const journal::WorldView& view);

}  // namespace mailwalk::test
