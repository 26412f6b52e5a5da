// The tree of runs that grows when the past is changed: all stay, each has its name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "journal/timeline.hpp"
#include "world/change.hpp"
#include "world/scenario.hpp"
#include "world/world.hpp"

namespace mailwalk::world {

// The place of a branch in the order of making; 0 is the run from which all others come.
using BranchId = StrongId<struct BranchIdTag, std::uint32_t>;
inline constexpr BranchId kMainBranch{0};

struct Branch {
  // Where it comes from, and up to where it was asked to be the same.
  struct Origin {
    BranchId parent;
    EventPosition position;
  };

  LocalText name;                // "main"; no two branches have the same
  std::optional<Origin> origin;  // none: the main branch
  std::unique_ptr<World> world;
  std::unique_ptr<journal::Timeline> timeline;  // of the world's journal
};

class Branches {
 public:
  explicit Branches(Scenario scenario);

  // Makes a branch of the parent, changed at this event of it, as world/fork.hpp says. It stands
  // where the change has begun; whoever wants may step() or run() its world. An error, and no new
  // branch, if the change is impossible.
  Result<BranchId> fork(BranchId parent, EventPosition position, const Change& change);

  [[nodiscard]] std::size_t size() const { return branches_.size(); }
  // Branches never move: a reference stays good. REQUIRES id < size().
  [[nodiscard]] Branch& operator[](BranchId id) { return *branches_[id.value()]; }
  [[nodiscard]] const Branch& operator[](BranchId id) const { return *branches_[id.value()]; }

  // In the order of making.
  [[nodiscard]] std::vector<BranchId> children_of(BranchId parent) const;

 private:
  BranchId add(LocalText name, std::optional<Branch::Origin> origin, std::unique_ptr<World> world);
  [[nodiscard]] LocalText unlike_others(LocalText name) const;

  std::vector<std::unique_ptr<Branch>> branches_;
};

}  // namespace mailwalk::world
