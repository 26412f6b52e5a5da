// A run that is written into a recording as it happens.
#pragma once

#include <cstdint>

#include "cli/console.hpp"
#include "cli/options.hpp"
#include "world/world.hpp"

namespace mailwalk::cli {

enum class RunEnd : std::uint8_t {
  Over,     // it ran to its end
  Stopped,  // it could not be recorded, or not to its end, and that was told
};

// Runs the world, of which nothing has happened yet. Where it cannot be recorded, options.otherwise
// says what to do.
RunEnd run_recorded(world::World& world, const RecordOptions& options, exporting::Language language,
                    Console& console);

}  // namespace mailwalk::cli
