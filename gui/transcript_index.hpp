// Where each row stands in the transcript: of the whole run, of one session, of one machine.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <variant>

#include "base/ids.hpp"
#include "gui/row_stack.hpp"
#include "gui/run_rows.hpp"
#include "journal/journal.hpp"

namespace mailwalk::gui {

// What a transcript is about: the whole run, one machine, or one session.
using TranscriptScope = std::variant<std::monostate, NodeId, ConnectionId>;

// Heights are in lines. A long pause is one line above its row.
class TranscriptIndex {
 public:
  // REQUIRES that this is the row after the last one that was added, and its event the last one.
  void add(const journal::Journal& journal, const RunRows& rows, RowId row);

  // Empty if nothing is told of it.
  [[nodiscard]] const RowStack& stack(const TranscriptScope& scope) const;

 private:
  RowStack all_;
  // Only ever asked for one.
  std::unordered_map<NodeId, RowStack> by_machine_;
  std::unordered_map<ConnectionId, RowStack> by_session_;
};

}  // namespace mailwalk::gui
