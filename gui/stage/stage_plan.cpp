#include "gui/stage/stage_plan.hpp"

#include <algorithm>
#include <map>

namespace mailwalk::gui {
namespace {

using journal::has_role;
using journal::Role;

bool pushes(const std::vector<Route>& routes, NodeId node) {
  return std::any_of(routes.begin(), routes.end(), [&](const Route& route) {
    return route.caller == node && route.lane == Lane::Push;
  });
}

CardKind kind_of(const PlanMachine& machine, const std::vector<Route>& routes) {
  if (has_role(machine.roles, Role::MailboxServer)) return CardKind::Mailbox;
  if (has_role(machine.roles, Role::Mta)) return CardKind::Mta;
  if (has_role(machine.roles, Role::Device)) {
    return machine.fetches || !pushes(routes, machine.id) ? CardKind::Receiver : CardKind::Sender;
  }
  return has_role(machine.roles, Role::NameServer) ? CardKind::NameServer : CardKind::Mta;
}

// How many MTAs a mail passes at most before it comes to each of them. In circles it stops counting
// once every machine could have been passed.
std::map<NodeId, std::size_t> mta_ranks(const std::vector<PlannedMachine>& mtas,
                                        const std::vector<Route>& routes) {
  std::map<NodeId, std::size_t> ranks;
  for (const PlannedMachine& mta : mtas) ranks[mta.id] = 0;
  for (std::size_t round = 1; round < mtas.size(); ++round) {
    for (const Route& route : routes) {
      const auto from = ranks.find(route.caller);
      const auto to = ranks.find(route.called);
      const bool is_hop = route.lane == Lane::Push && from != ranks.end() && to != ranks.end();
      if (is_hop && from != to && from->second + 1 < mtas.size()) {
        to->second = std::max(to->second, from->second + 1);
      }
    }
  }
  return ranks;
}

std::vector<std::vector<PlannedMachine>> mta_columns(const std::vector<PlannedMachine>& mtas,
                                                     const std::vector<Route>& routes) {
  std::map<std::size_t, std::vector<PlannedMachine>> by_rank;
  const std::map<NodeId, std::size_t> ranks = mta_ranks(mtas, routes);
  for (const PlannedMachine& mta : mtas) by_rank[ranks.at(mta.id)].push_back(mta);
  std::vector<std::vector<PlannedMachine>> columns;
  for (auto& [rank, column] : by_rank) columns.push_back(std::move(column));
  return columns;
}

// Those from which somebody fetches stand last, next to the devices.
void put_fetched_last(std::vector<PlannedMachine>& mailboxes, const std::vector<Route>& routes) {
  std::stable_partition(mailboxes.begin(), mailboxes.end(), [&](const PlannedMachine& mailbox) {
    return std::none_of(routes.begin(), routes.end(), [&](const Route& route) {
      return route.called == mailbox.id && route.lane == Lane::Pull;
    });
  });
}

}  // namespace

StagePlan plan_stage(const std::vector<PlanMachine>& machines, const std::vector<Route>& routes) {
  std::map<CardKind, std::vector<PlannedMachine>> by_kind;
  for (const PlanMachine& machine : machines) {
    const CardKind kind = kind_of(machine, routes);
    by_kind[kind].push_back({machine.id, kind, machine.maildrops});
  }
  StagePlan plan;
  const auto add = [&](std::vector<PlannedMachine> column) {
    if (!column.empty()) plan.columns.push_back(std::move(column));
  };
  add(by_kind[CardKind::Sender]);
  for (auto& column : mta_columns(by_kind[CardKind::Mta], routes)) add(std::move(column));
  put_fetched_last(by_kind[CardKind::Mailbox], routes);
  add(by_kind[CardKind::Mailbox]);
  add(by_kind[CardKind::Receiver]);
  plan.apart = by_kind[CardKind::NameServer];
  if (plan.columns.empty() && !plan.apart.empty()) {
    plan.columns.push_back(std::move(plan.apart));
    plan.apart.clear();
  }
  return plan;
}

StagePlan part_of_plan(const StagePlan& plan, Extent extent) {
  if (extent == Extent::Whole) return plan;
  StagePlan part;
  for (const auto& column : plan.columns) {
    const CardKind kind = column.front().kind;
    if (kind == CardKind::Mailbox || kind == CardKind::Receiver) part.columns.push_back(column);
  }
  return part.columns.size() < 2 ? plan : part;
}

}  // namespace mailwalk::gui
