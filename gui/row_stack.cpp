#include "gui/row_stack.hpp"

#include <algorithm>
#include <cassert>

namespace mailwalk::gui {

void RowStack::add(RowId row, std::uint32_t height) {
  assert(entries_.empty() || entries_.back().row < row);
  const std::uint64_t top = entries_.empty() ? 0 : entries_.back().bottom;
  entries_.push_back({top + height, row});
}

std::size_t RowStack::index_at(std::uint64_t height) const {
  const auto found = std::upper_bound(
      entries_.begin(), entries_.end(), height,
      [](std::uint64_t sought, const Entry& entry) { return sought < entry.bottom; });
  return static_cast<std::size_t>(found - entries_.begin());
}

std::size_t RowStack::count_below(std::uint32_t rows) const {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), rows,
      [](const Entry& entry, std::uint32_t limit) { return entry.row.value() < limit; });
  return static_cast<std::size_t>(found - entries_.begin());
}

}  // namespace mailwalk::gui
