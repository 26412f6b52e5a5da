#include "world/branches.hpp"

#include <utility>

#include "world/branch_name.hpp"
#include "world/fork.hpp"

namespace mailwalk::world {

Branches::Branches(Scenario scenario) {
  add({"main", "utama"}, std::nullopt, std::make_unique<World>(std::move(scenario)));
}

Result<BranchId> Branches::fork(BranchId parent, EventPosition position, const Change& change) {
  const journal::Journal& journal = (*this)[parent].world->journal();
  auto forked = world::fork(journal, position, change);
  if (!forked) return forked.error();
  return add(branch_name(journal, position, change), Branch::Origin{parent, position},
             std::move(*forked));
}

BranchId Branches::add(LocalText name, std::optional<Branch::Origin> origin,
                       std::unique_ptr<World> world) {
  const BranchId id{static_cast<std::uint32_t>(branches_.size())};
  auto timeline = std::make_unique<journal::Timeline>(std::as_const(*world).journal());
  branches_.push_back(std::make_unique<Branch>(
      Branch{unlike_others(std::move(name)), origin, std::move(world), std::move(timeline)}));
  return id;
}

LocalText Branches::unlike_others(LocalText name) const {
  std::vector<LocalText> taken;
  for (const auto& branch : branches_) taken.push_back(branch->name);
  return distinct_name(std::move(name), taken);
}

std::vector<BranchId> Branches::children_of(BranchId parent) const {
  std::vector<BranchId> children;
  for (std::uint32_t i = 0; i < branches_.size(); ++i) {
    const auto& origin = branches_[i]->origin;
    if (origin && origin->parent == parent) children.push_back(BranchId{i});
  }
  return children;
}

}  // namespace mailwalk::world
