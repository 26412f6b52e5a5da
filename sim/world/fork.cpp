#include "world/fork.hpp"

#include <cstdint>
#include <limits>
#include <utility>

#include "world/forking.hpp"
#include "world/recipe.hpp"

namespace mailwalk::world {

Result<std::unique_ptr<World>> remake(const journal::Journal& run) {
  Result<Recipe> recipe = recipe_of(run);
  if (!recipe) return recipe.error();
  return std::make_unique<World>(std::move(*recipe));
}

Result<std::unique_ptr<World>> fork(const journal::Journal& parent, EventPosition position,
                                    Change change) {
  Forking forking(parent, position, std::move(change));
  while (!forking.advance(std::numeric_limits<std::uint64_t>::max())) {
  }
  return forking.take();
}

}  // namespace mailwalk::world
