// Rows one under the other, some higher than others: where each begins, and which one is at a
// height. A panel that shows many rows draws only those in sight.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gui/run_rows.hpp"

namespace mailwalk::gui {

// Heights are in whole units; what a unit is, the panel knows.
class RowStack {
 public:
  // REQUIRES that the row comes after the last one that was added.
  void add(RowId row, std::uint32_t height);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  // REQUIRES index < size().
  [[nodiscard]] RowId row(std::size_t index) const { return entries_[index].row; }
  [[nodiscard]] std::uint64_t bottom(std::size_t index) const { return entries_[index].bottom; }
  [[nodiscard]] std::uint64_t top(std::size_t index) const {
    return index == 0 ? 0 : bottom(index - 1);
  }
  // Of the first so many rows together. REQUIRES count <= size().
  [[nodiscard]] std::uint64_t height(std::size_t count) const {
    return count == 0 ? 0 : bottom(count - 1);
  }
  // The index of the row that covers this height; size() below the last one.
  [[nodiscard]] std::size_t index_at(std::uint64_t height) const;
  // How many rows of the stack are among the first so many rows of the run.
  [[nodiscard]] std::size_t count_below(std::uint32_t rows) const;

 private:
  struct Entry {
    std::uint64_t bottom;
    RowId row;
  };
  std::vector<Entry> entries_;
};

}  // namespace mailwalk::gui
