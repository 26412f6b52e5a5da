#include "cli/load_lesson.hpp"

#include <utility>

#include "cli/lesson_finder.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::cli {

std::optional<world::Scenario> load_lesson(const std::string& named, Console& console) {
  const auto file = find_lesson(named, lessons_folder());
  if (!file) {
    console.complain(file.error());
    return std::nullopt;
  }
  world::ScenarioResult lesson = world::load_scenario(file->string());
  for (const Error& error : lesson.errors()) console.complain(error);
  if (!lesson) return std::nullopt;
  return std::move(*lesson);
}

}  // namespace mailwalk::cli
