// All that a run can be made again from: the scenario, and what persons did.
#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "world/change.hpp"
#include "world/scenario.hpp"

namespace mailwalk::world {

struct RecordedInput {
  std::uint64_t after_steps = 0;  // of the run, before it was done
  EventPosition at;               // where the journal has it
  Change change;
};

struct Recipe {
  Scenario scenario;
  std::vector<RecordedInput> inputs = {};  // by after_steps
};

// From the journal alone, as from a recording that came from another machine. An error if the
// journal does not begin with a scenario that can be read, or if the run was served: what programs
// outside said cannot be said again.
Result<Recipe> recipe_of(const journal::Journal& journal);

// Of a run that was served: its scenario, to take it up again. An error if it was not.
Result<Scenario> served_scenario_of(const journal::Journal& journal);

}  // namespace mailwalk::world
