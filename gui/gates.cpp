#include "gui/gates.hpp"

namespace mailwalk::gui {
namespace {

// Where a step ends last before the moment that the gate asks about.
EventPosition asks_at(const Document& run, EventPosition moment) {
  return run.index().told().previous(moment).value_or(run.index().start());
}

// kNoEvent is the place before the first event, and the greatest number.
bool is_before(EventPosition one, EventPosition other) {
  return one.value() + 1 < other.value() + 1;
}

bool asks(const Document& run, std::size_t gate, EventPosition position) {
  const auto moment = run.gates().moment(gate);
  return moment && !is_before(position, asks_at(run, *moment)) && is_before(position, *moment);
}

}  // namespace

EventPosition Gates::halt_after(const Document& run, EventPosition position) const {
  EventPosition halt = kNoEvent;
  for (std::size_t i = 0; i < run.gates().gates().size(); ++i) {
    const auto moment = run.gates().moment(i);
    if (!moment || known_.contains(i)) continue;
    const EventPosition at = asks_at(run, *moment);
    if (!is_before(at, position) && (halt == kNoEvent || at < halt)) halt = at;
  }
  return halt;
}

std::optional<OpenGate> Gates::open_at(const Document& run, EventPosition position) const {
  std::optional<OpenGate> found;
  for (std::size_t i = 0; i < run.gates().gates().size(); ++i) {
    const auto known = known_.find(i);
    const bool is_read = known != known_.end() && known->second.is_read;
    if (is_read || !asks(run, i, position)) continue;
    if (found) {
      found->is_last = false;
      break;
    }
    found = OpenGate{i, &run.gates().gates()[i],
                     known == known_.end() ? std::nullopt : known->second.chosen};
  }
  return found;
}

bool Gates::turn_to_next(const Document& run, EventPosition position) {
  const auto open = open_at(run, position);
  if (!open || !open->is_answered() || open->is_last) return false;
  known_[open->index].is_read = true;
  return true;
}

bool Gates::meet_all(const Document& run, EventPosition position) {
  const std::size_t known = known_.size();
  for (std::size_t i = 0; i < run.gates().gates().size(); ++i) {
    if (asks(run, i, position)) known_[i];
  }
  return known_.size() > known;
}

void Gates::answer(std::size_t gate, std::size_t choice) {
  Known& known = known_[gate];
  if (!known.chosen) known.chosen = choice;
}

}  // namespace mailwalk::gui
