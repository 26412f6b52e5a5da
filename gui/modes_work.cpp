#include "gui/modes_work.hpp"

#include <algorithm>
#include <utility>

#include "export/narrator.hpp"
#include "world/recipe.hpp"
#include "world/scenario_overrides.hpp"

namespace mailwalk::gui {
namespace {

// Of all the work, so much is making the two runs.
constexpr double kShareOfRunning = 0.5;

std::shared_ptr<world::World> world_in(world::Scenario scenario, journal::FetchMode mode) {
  world::override_mode(scenario, mode);
  return std::make_shared<world::World>(std::move(scenario));
}

world::LocalText name_of(journal::FetchMode mode) {
  using exporting::Language;
  using exporting::Narrator;
  return {Narrator(Language::English).mode(mode, 0), Narrator(Language::Indonesian).mode(mode, 0)};
}

}  // namespace

Result<std::unique_ptr<ModesWork>> ModesWork::begin(const Document& document) {
  Result<world::Recipe> recipe = world::recipe_of(document.journal());
  if (!recipe) return recipe.error();
  return std::unique_ptr<ModesWork>(
      new ModesWork(recipe->scenario, document.text(), document.index().size()));
}

ModesWork::ModesWork(const world::Scenario& scenario, DocumentText text,
                     std::uint64_t likely_events)
    : deleting_{world_in(scenario, journal::FetchMode::Delete)},
      keeping_{world_in(scenario, journal::FetchMode::Keep)},
      text_(std::move(text)),
      likely_events_(std::max<std::uint64_t>(likely_events, 1)) {}

bool ModesWork::advance(const TimeSlice& slice) {
  if (!beside_) {
    if (!run(slice)) return false;
    if (deleting_.world->trouble() || keeping_.world->trouble()) return true;
    if (!read(deleting_, slice) || !read(keeping_, slice)) return false;
    beside_.emplace(SideRun{deleting_.document, name_of(journal::FetchMode::Delete)},
                    SideRun{keeping_.document, name_of(journal::FetchMode::Keep)});
  }
  return beside_->advance(slice);
}

bool ModesWork::run(const TimeSlice& slice) {
  return work_on(slice, [this] {
    const bool deleting = deleting_.world->step();
    const bool keeping = keeping_.world->step();
    return deleting || keeping;
  });
}

bool ModesWork::read(Course& course, const TimeSlice& slice) {
  if (!course.document) {
    const journal::Journal& journal = std::as_const(*course.world).journal();
    course.document = std::make_shared<Document>(
        std::shared_ptr<const journal::Journal>(course.world, &journal), text_, Reading::InSlices);
  }
  return course.document->read_on(slice);
}

double ModesWork::progress() const {
  if (beside_) return kShareOfRunning + (1 - kShareOfRunning) * beside_->progress();
  const auto events = static_cast<double>(std::as_const(*keeping_.world).journal().size());
  return kShareOfRunning * std::min(events / static_cast<double>(likely_events_), 1.0);
}

Result<std::unique_ptr<SideBySide>> ModesWork::take() {
  for (const Course* course : {&deleting_, &keeping_}) {
    if (course->world->trouble()) return *course->world->trouble();
  }
  return beside_->take();
}

}  // namespace mailwalk::gui
