#include "gui/run_index.hpp"

namespace mailwalk::gui {
namespace {

// Connections are numbered one after the other; only a forged recording has gaps, and it is not
// worth memory. Its connections above this are in no list, and nothing else comes of it.
constexpr std::uint32_t kMostConnectionsAhead = 1'000;

}  // namespace

void RunIndex::catch_up(const journal::Journal& journal) {
  while (size_ < journal.size()) read_next(journal);
}

void RunIndex::add(const journal::Journal& journal, const journal::Event& event) {
  const Glimpse glimpse = tap_.take(event);
  // Before anything was encrypted, the line showed what was said.
  if (glimpse.differs() && !eavesdropper_) eavesdropper_ = insider_;
  insider_.add(journal, event, {});
  if (eavesdropper_) eavesdropper_->add(journal, event, glimpse);
  ticks_.add(event);
  routes_.add(event);
  links_.add(event);
  inspector_.add(event);
  if (event.connection != kNoConnection) {
    const std::size_t id = event.connection.value();
    if (id > events_of_connection_.size() &&
        id <= events_of_connection_.size() + kMostConnectionsAhead) {
      events_of_connection_.resize(id);
    }
    if (id <= events_of_connection_.size()) {
      events_of_connection_[id - 1].push_back(event.position);
    }
  }
  ++size_;
}

const Telling& RunIndex::telling(exporting::Sight sight) const {
  return sight == exporting::Sight::Eavesdropper && eavesdropper_ ? *eavesdropper_ : insider_;
}

EventPosition RunIndex::start() const {
  const std::vector<EventPosition>& told = insider_.told().all();
  const std::uint64_t first = told.empty() ? size_ : told.front().value();
  return first == 0 ? kNoEvent : EventPosition{first - 1};
}

const std::vector<EventPosition>& RunIndex::events_of(ConnectionId connection) const {
  static const std::vector<EventPosition> kNone;
  const std::size_t id = connection.value();
  return id == 0 || id > events_of_connection_.size() ? kNone : events_of_connection_[id - 1];
}

std::uint32_t RunIndex::connection_count() const {
  return static_cast<std::uint32_t>(events_of_connection_.size());
}

}  // namespace mailwalk::gui
