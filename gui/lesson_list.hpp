// The lessons that come along, for choosing one in the window.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "world/scenario.hpp"

namespace mailwalk::gui {

struct LessonEntry {
  std::string file;
  std::uint32_t order = 0;
  world::LocalText title;
};

// In their order. Those that have mistakes are left out: `mailwalk check` tells them.
Result<std::vector<LessonEntry>> list_lessons();

}  // namespace mailwalk::gui
