#include "gui/documents.hpp"

#include <utility>

#include "cli/lesson_finder.hpp"
#include "world/scenario_load.hpp"
#include "world/world.hpp"

namespace mailwalk::gui {

Document::Document(std::shared_ptr<const journal::Journal> journal, DocumentText text)
    : journal_(std::move(journal)),
      timeline_(std::make_unique<journal::Timeline>(*journal_)),
      text_(std::move(text)) {
  catch_up();
}

Result<std::unique_ptr<Document>> open_lesson(std::string_view named) {
  const auto file = cli::find_lesson(named, cli::lessons_folder());
  if (!file) return file.error();
  world::ScenarioResult scenario = world::load_scenario(file->string());
  if (!scenario) return scenario.errors().front();

  DocumentText text{std::string(named), scenario->title, scenario->summary};
  const auto world = std::make_shared<world::World>(std::move(*scenario));
  world->run();
  return std::make_unique<Document>(
      std::shared_ptr<const journal::Journal>(world, &world->journal()), std::move(text));
}

}  // namespace mailwalk::gui
