// Where each row stands in the ladder, and the brackets beside it that tell sessions apart.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/virtual_time.hpp"
#include "gui/row_stack.hpp"
#include "gui/run_rows.hpp"
#include "journal/journal.hpp"

namespace mailwalk::gui {

// Nothing that is longer than this passes between two rows without a word about it.
inline constexpr Duration kLongPause = minutes(1);

// How long it was silent before a row, if that was long. REQUIRES that both are rows of it;
// `before` may be kNoRow.
std::optional<Duration> long_pause_before(const journal::Journal& journal, const RunRows& rows,
                                          RowId row, RowId before);

// Heights of rows, in units of a ladder's row.
inline constexpr std::uint32_t kArrowUnits = 4;
inline constexpr std::uint32_t kNoteUnits = 3;
inline constexpr std::uint32_t kPauseUnits = 3;  // above a row, where a long time has passed

// The rows of one connection, from its call to its end.
struct Bracket {
  enum class End : std::uint8_t { Open, Closed, Cut, Refused };
  ConnectionId connection;
  RowId first;
  RowId last = kNoRow;  // kNoRow while it goes on
  End end = End::Open;
};

class LadderIndex {
 public:
  // Sessions at the same time stand in lanes of their own. More than this at once: those that come
  // last have no bracket.
  static constexpr std::size_t kLanes = 4;

  // REQUIRES that this is the row after the last one that was added, and its event the last one.
  void add(const journal::Journal& journal, const RunRows& rows, RowId row);

  [[nodiscard]] const RowStack& stack() const { return stack_; }
  // The brackets of a lane that touch rows [begin, end), which come one after the other.
  struct Brackets {
    std::vector<Bracket>::const_iterator first, last;
    [[nodiscard]] auto begin() const { return first; }
    [[nodiscard]] auto end() const { return last; }
  };
  [[nodiscard]] Brackets brackets(std::size_t lane, RowId begin, RowId end) const;
  // So many lanes were ever in use.
  [[nodiscard]] std::size_t lanes() const { return lanes_in_use_; }

 private:
  void open(ConnectionId connection, RowId row);
  void close(ConnectionId connection, RowId row, Bracket::End end);

  RowStack stack_;
  std::array<std::vector<Bracket>, kLanes> lanes_;
  std::size_t lanes_in_use_ = 0;
};

}  // namespace mailwalk::gui
