#include "gui/inspector/traffic.hpp"

#include <algorithm>
#include <iterator>

namespace mailwalk::gui {

void Traffic::add(const journal::Event& event) {
  if (journal::payload_if<journal::ConnectionOpening>(event) != nullptr) {
    calls_[event.connection].client = event.node;
  } else if (const auto* sent = journal::payload_if<journal::BytesSent>(event)) {
    Call& call = calls_[event.connection];
    OctetsSaid so_far = call.marks.empty() ? OctetsSaid{} : call.marks.back().so_far;
    (event.node == call.client ? so_far.by_client : so_far.by_server) += sent->bytes.size();
    call.marks.push_back({event.position, so_far});
  }
}

OctetsSaid Traffic::at(ConnectionId connection, EventPosition position) const {
  const auto call = calls_.find(connection);
  if (call == calls_.end() || position == kNoEvent) return {};
  const std::vector<Mark>& marks = call->second.marks;
  const auto after =
      std::upper_bound(marks.begin(), marks.end(), position,
                       [](EventPosition p, const Mark& mark) { return p < mark.position; });
  return after == marks.begin() ? OctetsSaid{} : std::prev(after)->so_far;
}

}  // namespace mailwalk::gui
