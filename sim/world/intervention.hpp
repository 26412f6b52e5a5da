// A person steps into a run: whether what they want is possible now, and how it is done.
#pragma once

#include "base/result.hpp"
#include "world/change.hpp"

namespace mailwalk::world {

class World;

// Between two steps of the world: at once, and recorded before what it leads to. An answer or a
// typed command is laid ready instead, and recorded when its turn comes. An error, and nothing has
// happened, if it is impossible: that connection is over, there is no such letter.
Done intervene(World& world, const Change& change);

}  // namespace mailwalk::world
