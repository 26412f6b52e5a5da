#include "gui/transcript_index.hpp"

#include "gui/ladder_index.hpp"
#include "gui/transcript_lines.hpp"

namespace mailwalk::gui {
namespace {

template <class Map, class Key>
const RowStack* find(const Map& stacks, Key key) {
  const auto found = stacks.find(key);
  return found == stacks.end() ? nullptr : &found->second;
}

}  // namespace

void TranscriptIndex::add(const journal::Journal& journal, const RunRows& rows, RowId row) {
  const std::uint32_t lines = count_lines(journal, rows, row);
  const auto add_to = [&](RowStack& stack) {
    const RowId before = stack.size() == 0 ? kNoRow : stack.row(stack.size() - 1);
    const bool pause = long_pause_before(journal, rows, row, before).has_value();
    stack.add(row, lines + (pause ? 1 : 0));
  };
  const Row& it = rows[row];
  add_to(all_);
  if (it.connection != kNoConnection) add_to(by_session_[it.connection]);
  if (it.from != kNoNode) add_to(by_machine_[it.from]);
  if (it.to != kNoNode && it.to != it.from) add_to(by_machine_[it.to]);
}

const RowStack& TranscriptIndex::stack(const TranscriptScope& scope) const {
  static const RowStack kNothing;
  const RowStack* found = &all_;
  if (const auto* machine = std::get_if<NodeId>(&scope)) found = find(by_machine_, *machine);
  if (const auto* session = std::get_if<ConnectionId>(&scope)) found = find(by_session_, *session);
  return found == nullptr ? kNothing : *found;
}

}  // namespace mailwalk::gui
