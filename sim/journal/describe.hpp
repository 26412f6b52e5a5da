// A world view as text: equal for equal views, and different for any that differ.
#pragma once

#include <string>

#include "journal/world_view.hpp"

namespace mailwalk::journal {

// One line for each thing, in a fixed order; contents as their size and a fingerprint. For tests
// and for looking into a run; nothing reads it back.
std::string describe(const WorldView& view);

}  // namespace mailwalk::journal
