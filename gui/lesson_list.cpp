#include "gui/lesson_list.hpp"

#include <algorithm>
#include <limits>

#include "cli/lesson_finder.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::gui {
namespace {

// Lessons without a place in the order come last.
std::uint32_t rank(const LessonEntry& entry) {
  return entry.order == 0 ? std::numeric_limits<std::uint32_t>::max() : entry.order;
}

}  // namespace

Result<std::vector<LessonEntry>> list_lessons() {
  const auto files = cli::lesson_files(cli::lessons_folder());
  if (!files) return files.error();
  std::vector<LessonEntry> entries;
  for (const auto& file : *files) {
    const world::ScenarioResult lesson = world::load_scenario(file.string());
    if (lesson) entries.push_back({file.string(), lesson->order, lesson->title});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const LessonEntry& a, const LessonEntry& b) { return rank(a) < rank(b); });
  return entries;
}

}  // namespace mailwalk::gui
