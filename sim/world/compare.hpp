// One scenario in two settings, run beside each other: delete mode on the left, keep mode on the
// right.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "journal/vocabulary.hpp"
#include "world/pairing.hpp"
#include "world/scenario.hpp"
#include "world/world.hpp"

namespace mailwalk::world {

struct SideBySide {
  std::unique_ptr<World> left;
  std::unique_ptr<World> right;
  Pairing pairing;
};

// Both to their ends. The error is that of a run which has to be stopped.
Result<SideBySide> compare(Scenario left, Scenario right);

// The same scenario, every account in the one mode and in the other. REQUIRES Delete or Keep.
Result<SideBySide> compare_modes(const Scenario& scenario, journal::FetchMode left,
                                 journal::FetchMode right);

}  // namespace mailwalk::world
