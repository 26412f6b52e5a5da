#include "journal/reducer.hpp"

#include <variant>

#include "journal/reduction.hpp"

namespace mailwalk::journal {
namespace reduction {

Machine* Step::machine() const {
  Shared<Machine>* found = view.machines.edit(event.node);
  return found == nullptr ? nullptr : &found->edit();
}

Connection* Step::connection() const {
  Shared<Connection>* found = view.connections.edit(event.connection);
  return found == nullptr ? nullptr : &found->edit();
}

// A machine may talk to itself: then each of its two ends is closed once, the client's first.
ConnectionEnd* Step::end() const {
  Connection* found = connection();
  if (found == nullptr) return nullptr;
  const bool at_client = found->client.node == event.node;
  const bool at_server = found->server.node == event.node;
  if (at_client && !(at_server && found->client.state == EndState::Ended)) return &found->client;
  return at_server ? &found->server : nullptr;
}

}  // namespace reduction

void advance(WorldView& view, const Event& event) {
  const reduction::Step step{view, event};
  std::visit([&](const auto& payload) { reduction::reduce(step, payload); }, event.payload);
  view.events = event.position.value() + 1;
  view.now = event.time;
}

WorldView apply(const WorldView& view, const Event& event) {
  WorldView next = view;
  advance(next, event);
  return next;
}

WorldView view_at_end(const Journal& journal) {
  WorldView view;
  for (const Event& event : journal) advance(view, event);
  return view;
}

}  // namespace mailwalk::journal
