// What a branch of a run is called, by what was changed.
#pragma once

#include <vector>

#include "base/ids.hpp"
#include "journal/journal.hpp"
#include "world/change.hpp"
#include "world/scenario.hpp"

namespace mailwalk::world {

// "line cut after DELE", "sambungan putus setelah DELE". REQUIRES that the position is in the
// parent, at which the change was asked for.
LocalText branch_name(const journal::Journal& parent, EventPosition position, const Change& change);

// The name, told apart from those that others have already: the second of a name is "… (2)".
LocalText distinct_name(LocalText name, const std::vector<LocalText>& taken);

}  // namespace mailwalk::world
