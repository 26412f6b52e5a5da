#include "gui/row_stack.hpp"

#include <vector>

#include "base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

TEST_CASE("a stack of rows tells at each height the row that is there", "[gui][rows]") {
  Prng prng(5);
  for (int round = 0; round < 50; ++round) {
    RowStack stack;
    std::vector<std::size_t> at;  // [height]: the index there
    std::uint32_t row = 0;
    const std::uint64_t rows = prng.below(60);
    for (std::size_t i = 0; i < rows; ++i) {
      row += 1 + static_cast<std::uint32_t>(prng.below(3));
      const auto height = static_cast<std::uint32_t>(1 + prng.below(7));
      stack.add(RowId{row}, height);
      at.insert(at.end(), height, i);
    }
    REQUIRE(stack.size() == rows);
    CHECK(stack.height(stack.size()) == at.size());
    for (std::size_t height = 0; height < at.size(); ++height) {
      const std::size_t index = stack.index_at(height);
      CHECK(index == at[height]);
      CHECK(stack.top(index) <= height);
      CHECK(stack.bottom(index) > height);
    }
    CHECK(stack.index_at(at.size()) == stack.size());
    for (std::uint32_t limit = 0; limit < row + 2; ++limit) {
      std::size_t below = 0;
      while (below < stack.size() && stack.row(below).value() < limit) ++below;
      CHECK(stack.count_below(limit) == below);
    }
  }
}
