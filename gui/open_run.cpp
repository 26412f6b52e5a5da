#include "gui/open_run.hpp"

#include <algorithm>
#include <limits>

namespace mailwalk::gui {

std::vector<std::size_t> way_to(const OpenRuns& runs, std::size_t index) {
  std::vector<std::size_t> way{index};
  while (runs[way.back()].origin) way.push_back(runs[way.back()].origin->parent);
  std::reverse(way.begin(), way.end());
  return way;
}

EventPosition parting_of(const OpenRuns& runs, std::size_t one, std::size_t other) {
  // Whichever came later is the one whose parent may be an ancestor of both.
  std::uint64_t common = std::numeric_limits<std::uint64_t>::max() - 1;
  while (one != other) {
    std::size_t& later = one > other ? one : other;
    common = std::min(common, runs[later].origin->parts.value());
    later = runs[later].origin->parent;
  }
  return EventPosition{common};
}

}  // namespace mailwalk::gui
