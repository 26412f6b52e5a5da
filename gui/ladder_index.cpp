#include "gui/ladder_index.hpp"

#include <algorithm>

namespace mailwalk::gui {

std::optional<Duration> long_pause_before(const journal::Journal& journal, const RunRows& rows,
                                          RowId row, RowId before) {
  if (before == kNoRow) return std::nullopt;
  const Duration pause = journal[rows[row].at].time - journal[rows[before].at].time;
  if (pause < kLongPause) return std::nullopt;
  return pause;
}

void LadderIndex::add(const journal::Journal& journal, const RunRows& rows, RowId row) {
  const RowId before = row.value() == 0 ? kNoRow : RowId{row.value() - 1};
  const bool pause = long_pause_before(journal, rows, row, before).has_value();
  const Row& it = rows[row];
  stack_.add(row,
             (it.kind == RowKind::Note ? kNoteUnits : kArrowUnits) + (pause ? kPauseUnits : 0));

  const journal::Event& event = journal[it.at];
  if (it.kind == RowKind::Call) open(it.connection, row);
  if (it.kind == RowKind::Close) close(it.connection, row, Bracket::End::Closed);
  if (journal::payload_if<journal::ConnectionReset>(event) != nullptr) {
    close(event.connection, row, Bracket::End::Cut);
  }
  if (journal::payload_if<journal::ConnectionFailed>(event) != nullptr) {
    close(event.connection, row, Bracket::End::Refused);
  }
}

void LadderIndex::open(ConnectionId connection, RowId row) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    std::vector<Bracket>& brackets = lanes_[lane];
    if (!brackets.empty() && brackets.back().last == kNoRow) continue;
    brackets.push_back({connection, row});
    lanes_in_use_ = std::max(lanes_in_use_, lane + 1);
    return;
  }
}

void LadderIndex::close(ConnectionId connection, RowId row, Bracket::End end) {
  for (std::vector<Bracket>& lane : lanes_) {
    if (lane.empty() || lane.back().connection != connection) continue;
    Bracket& bracket = lane.back();
    if (bracket.last != kNoRow) return;
    bracket.last = row;
    bracket.end = end;
    return;
  }
}

LadderIndex::Brackets LadderIndex::brackets(std::size_t lane, RowId begin, RowId end) const {
  const std::vector<Bracket>& all = lanes_[lane];
  const auto first = std::partition_point(all.begin(), all.end(), [&](const Bracket& bracket) {
    return bracket.last != kNoRow && bracket.last < begin;
  });
  const auto last = std::partition_point(
      first, all.end(), [&](const Bracket& bracket) { return bracket.first < end; });
  return {first, last};
}

}  // namespace mailwalk::gui
