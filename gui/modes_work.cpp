#include "gui/modes_work.hpp"

#include <utility>

#include "world/recipe.hpp"
#include "world/scenario_overrides.hpp"

namespace mailwalk::gui {

Result<ModesWork> ModesWork::begin(const Document& document) {
  Result<world::Recipe> recipe = world::recipe_of(document.journal());
  if (!recipe) return recipe.error();
  return ModesWork(recipe->scenario, document.text());
}

ModesWork::ModesWork(const world::Scenario& scenario, DocumentText text) : text_(std::move(text)) {
  world::Scenario keeps = scenario;
  world::Scenario deletes = scenario;
  world::override_mode(keeps, journal::FetchMode::Keep);
  world::override_mode(deletes, journal::FetchMode::Delete);
  keeping_ = std::make_shared<world::World>(std::move(keeps));
  deleting_ = std::make_shared<world::World>(std::move(deletes));
}

bool ModesWork::advance() {
  bool goes_on = false;
  for (std::uint64_t i = 0; i < kStepsPerSlice; ++i) {
    const bool keeping = keeping_->step();
    const bool deleting = deleting_->step();
    goes_on = keeping || deleting;
    if (!goes_on) break;
  }
  return !goes_on;
}

Result<std::unique_ptr<SideBySide>> ModesWork::take() {
  for (const auto* world : {&deleting_, &keeping_}) {
    if ((*world)->trouble()) return *(*world)->trouble();
  }
  const auto document = [&](const std::shared_ptr<world::World>& world) {
    return std::make_shared<Document>(
        std::shared_ptr<const journal::Journal>(world, &world->journal()), text_);
  };
  return std::make_unique<SideBySide>(SideRun{document(deleting_), {"delete mode", "mode hapus"}},
                                      SideRun{document(keeping_), {"keep mode", "mode simpan"}});
}

}  // namespace mailwalk::gui
