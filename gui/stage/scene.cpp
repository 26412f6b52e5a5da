#include "gui/stage/scene.hpp"

#include <algorithm>

#include "gui/stage/scene_card.hpp"
#include "gui/stage/scene_packet.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

std::vector<PlanMachine> plan_machines(const WorldView& view) {
  std::vector<PlanMachine> machines;
  for (const auto& [id, machine] : view.machines) {
    machines.push_back({id, machine->roles, !machine->accounts.empty(),
                        static_cast<std::uint32_t>(machine->maildrops.size())});
  }
  return machines;
}

NodeId caller_of(const RunIndex& index, LinkEnds ends) {
  for (const Route& route : index.routes().all()) {
    if (link_between(route.caller, route.called) == ends) return route.caller;
  }
  return ends.a;
}

std::vector<SceneLink> make_links(const SceneRequest& request) {
  std::vector<SceneLink> links;
  for (const LinkEnds& ends : request.index.links().links()) {
    const LinkMoment moment = request.index.links().at(ends, request.position);
    SceneLink link{ends, moment.condition, moment.lane, caller_of(request.index, ends),
                   moment.connection};
    if (moment.connection == kNoConnection) {
      // Not used yet: what it will be is known from the routes.
      for (const Route& route : request.index.routes().all()) {
        if (link_between(route.caller, route.called) != ends) continue;
        link.lane = route.lane;
        break;
      }
    } else if (const Connection* connection = request.view.connection(moment.connection)) {
      link.caller = connection->client.node;
      link.is_encrypted = connection->client.cover == Cover::Encrypted ||
                          connection->server.cover == Cover::Encrypted;
    }
    links.push_back(link);
  }
  return links;
}

CardKind kind_in(const StagePlan& plan, NodeId id) {
  for (const auto& column : plan.columns) {
    for (const PlannedMachine& machine : column) {
      if (machine.id == id) return machine.kind;
    }
  }
  return CardKind::NameServer;
}

}  // namespace

Scene make_scene(const SceneRequest& request) {
  Scene scene;
  scene.plan = plan_stage(plan_machines(request.view), request.index.routes().all());
  for (const auto& [id, machine] : request.view.machines) {
    scene.cards.push_back(make_card(request, *machine, kind_in(scene.plan, id)));
  }
  scene.links = make_links(request);
  scene.packets = make_packets(request);
  return scene;
}

const SceneCard* find_card(const Scene& scene, NodeId id) {
  const auto found = std::find_if(scene.cards.begin(), scene.cards.end(),
                                  [&](const SceneCard& card) { return card.id == id; });
  return found == scene.cards.end() ? nullptr : &*found;
}

}  // namespace mailwalk::gui
