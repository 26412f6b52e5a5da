#include "journal/timeline.hpp"

#include <cassert>

#include "journal/event_text.hpp"
#include "journal/reducer.hpp"

namespace mailwalk::journal {
namespace {

// So many events lie before this place. (kNoEvent is the greatest number: one more is 0.)
std::uint64_t events_before(EventPosition place) {
  return place.value() + 1;
}
static_assert(kNoEvent.value() + 1 == 0);

void fold(const Journal& journal, WorldView& view, std::uint64_t events) {
  while (view.events < events) advance(view, journal[EventPosition{view.events}]);
}

}  // namespace

void Timeline::make_checkpoints(std::uint64_t events) {
  while ((checkpoints_.size() + 1) * kEventsPerCheckpoint <= events) {
    WorldView next = checkpoints_.empty() ? WorldView{} : checkpoints_.back();
    fold(journal_, next, next.events + kEventsPerCheckpoint);
    checkpoints_.push_back(std::move(next));
  }
}

WorldView Timeline::view_at(EventPosition position) {
  const std::uint64_t events = events_before(position);
  assert(events <= journal_.size());
  make_checkpoints(events);
  const std::uint64_t checkpoint = events / kEventsPerCheckpoint;
  const std::uint64_t checkpointed = checkpoint * kEventsPerCheckpoint;
  if (last_asked_.events > events || last_asked_.events < checkpointed) {
    last_asked_ = checkpoint == 0 ? WorldView{} : checkpoints_[checkpoint - 1];
  }
  fold(journal_, last_asked_, events);
  return last_asked_;
}

// ---- Stepping --------------------------------------------------------------------------------

void Timeline::index_all() {
  while (stops_.size() < journal_.size()) stops_.add(journal_[EventPosition{stops_.size()}]);
}

std::optional<EventPosition> Timeline::next(EventPosition from, Kind kind) {
  index_all();
  return stops_.first_from(events_before(from), kind);
}

std::optional<EventPosition> Timeline::previous(EventPosition from, Kind kind) {
  if (from == kNoEvent) return std::nullopt;
  index_all();
  return stops_.last_before(from.value(), kind);
}

// ---- Finding ---------------------------------------------------------------------------------

std::optional<EventPosition> Timeline::find(std::string_view text, EventPosition from) {
  const TextSearch search(text);
  for (std::uint64_t at = events_before(from); at < journal_.size(); ++at) {
    if (search.finds_in(journal_[EventPosition{at}])) return EventPosition{at};
  }
  return std::nullopt;
}

std::optional<EventPosition> Timeline::find_back(std::string_view text, EventPosition from) {
  const TextSearch search(text);
  for (std::uint64_t at = from == kNoEvent ? 0 : from.value(); at-- > 0;) {
    if (search.finds_in(journal_[EventPosition{at}])) return EventPosition{at};
  }
  return std::nullopt;
}

}  // namespace mailwalk::journal
