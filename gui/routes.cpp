#include "gui/routes.hpp"

#include <algorithm>

namespace mailwalk::gui {

Lane lane_of(Port port) {
  return port == kPop3Port || port == kPop3sPort ? Lane::Pull : Lane::Push;
}

void Routes::add(const journal::Event& event) {
  const auto* opening = journal::payload_if<journal::ConnectionOpening>(event);
  if (opening == nullptr || opening->to == kNoNode) return;
  const Route route{event.node, opening->to, lane_of(opening->port)};
  if (std::find(routes_.begin(), routes_.end(), route) == routes_.end()) routes_.push_back(route);
}

}  // namespace mailwalk::gui
