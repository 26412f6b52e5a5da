#include "world/compare.hpp"

#include <utility>

#include "world/scenario_overrides.hpp"

namespace mailwalk::world {

Result<SideBySide> compare(Scenario left, Scenario right) {
  auto on_left = std::make_unique<World>(std::move(left));
  auto on_right = std::make_unique<World>(std::move(right));
  for (World* world : {on_left.get(), on_right.get()}) {
    const Done whole = world->run();
    if (!whole) return whole.error();
  }
  Pairing pairing(on_left->journal(), on_right->journal());
  return SideBySide{std::move(on_left), std::move(on_right), std::move(pairing)};
}

Result<SideBySide> compare_modes(const Scenario& scenario, journal::FetchMode left,
                                 journal::FetchMode right) {
  Scenario on_left = scenario;
  Scenario on_right = scenario;
  override_mode(on_left, left);
  override_mode(on_right, right);
  return compare(std::move(on_left), std::move(on_right));
}

}  // namespace mailwalk::world
