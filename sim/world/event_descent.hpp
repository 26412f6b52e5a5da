// What an event is and where it comes from, as a number: equal for what is the same in two runs.
#pragma once

#include <cstdint>
#include <vector>

#include "journal/journal.hpp"

namespace mailwalk::world {

// One number for each event. It tells nothing of time, of positions or of numbers that shift when
// something happens before. Events that cannot be told apart so (the segments of one mail, say)
// have the same number: the first of them on one side is the first on the other.
std::vector<std::uint64_t> descents(const journal::Journal& journal);

}  // namespace mailwalk::world
