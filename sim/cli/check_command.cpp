#include "cli/check_command.hpp"

#include <fmt/format.h>

#include "cli/lesson_finder.hpp"
#include "export/count_words.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::cli {
namespace {

bool check(const std::string& named, Console& console) {
  const auto file = find_lesson(named, lessons_folder());
  if (!file) {
    console.complain(file.error());
    return false;
  }
  const world::ScenarioResult lesson = world::load_scenario(file->string());
  for (const Error& error : lesson.errors()) console.complain(error);
  if (!lesson) return false;
  console.print("ok", Colour::Green);
  console.print(fmt::format(
      "  {}: {}, {}\n", lesson->id,
      exporting::count_words(lesson->hosts.size() + lesson->devices.size(), "machine", "machines"),
      exporting::count_words(lesson->happenings.size(), "event", "events")));
  return true;
}

}  // namespace

ExitCode check_command(const CheckOptions& options, Console& console) {
  bool all_good = true;
  for (const std::string& named : options.lessons) {
    if (!check(named, console)) all_good = false;
  }
  return all_good ? ExitCode::Ok : ExitCode::BadInput;
}

}  // namespace mailwalk::cli
