// A world view as text: equal for equal views, and different for any that differ.
#pragma once

#include <string>

#include "journal/world_view.hpp"

namespace mailwalk::test {

// One line for each thing, in a fixed order; contents as their size and a fingerprint.
// Nothing reads it back.
std::string describe(const journal::WorldView& view);

}  // namespace mailwalk::test
