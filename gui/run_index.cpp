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
  told_.add(event);
  add_row(journal, event);
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

void RunIndex::add_row(const journal::Journal& journal, const journal::Event& event) {
  const bool told = !told_.all().empty() && told_.all().back() == event.position;
  const std::uint32_t before = rows_.size();
  rows_.add(journal, event, told ? Told::Yes : Told::No);
  for (RowId row{before}; row.value() < rows_.size(); row = RowId{row.value() + 1}) {
    ladder_.add(journal, rows_, row);
    transcript_.add(journal, rows_, row);
  }
}

EventPosition RunIndex::start() const {
  const std::uint64_t first = told_.all().empty() ? size_ : told_.all().front().value();
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
