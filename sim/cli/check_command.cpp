#include "cli/check_command.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "cli/lesson_finder.hpp"
#include "export/count_words.hpp"
#include "world/gate_finder.hpp"
#include "world/problems.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::cli {
namespace {

// `list` shows the folder's name, and a person who types it should get the lesson of that id. A
// file of another name than lesson.toml has no folder to itself.
Done check_folder(const std::filesystem::path& file, const world::Scenario& lesson) {
  std::error_code ignored;
  const std::filesystem::path whole = std::filesystem::weakly_canonical(file, ignored);
  const std::string folder = whole.parent_path().filename().string();
  if (file.filename() != kLessonFile || folder == lesson.id) return done();
  Error error =
      world::make_error(fmt::format("the lesson's id is {}, but its folder is called {}",
                                    world::in_quotes(lesson.id), world::in_quotes(folder)),
                        "give both the same name");
  error.file = file.string();
  return error;
}

bool check(const std::string& named, Console& console) {
  const auto file = find_lesson(named, lessons_folder());
  if (!file) {
    console.complain(file.error());
    return false;
  }
  const world::ScenarioResult lesson = world::load_scenario(file->string());
  for (const Error& error : lesson.errors()) console.complain(error);
  if (!lesson) return false;
  const Done well_placed = check_folder(*file, *lesson);
  if (!well_placed) {
    console.complain(well_placed.error());
    return false;
  }
  const std::vector<Error> idle_gates = world::find_idle_gates(*lesson);
  for (const Error& error : idle_gates) console.complain(error);
  if (!idle_gates.empty()) return false;
  console.print("ok", Colour::Green);
  console.print(fmt::format(
      "  {}: {}, {}{}\n", lesson->id,
      exporting::count_words(lesson->hosts.size() + lesson->devices.size(), "machine", "machines"),
      exporting::count_words(lesson->happenings.size(), "event", "events"),
      lesson->gates.empty()
          ? ""
          : ", " + exporting::count_words(lesson->gates.size(), "gate", "gates")));
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
