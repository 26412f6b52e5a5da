#include "cli/lesson_finder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <system_error>

#include "base/ascii.hpp"
#include "world/problems.hpp"
#include "world/scenario_load.hpp"
#include "world/suggest.hpp"

namespace mailwalk::cli {

namespace fs = std::filesystem;
using world::in_quotes;
using world::make_error;

namespace {

// Empty where the system does not tell.
fs::path program_path() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error);
}

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error) && !fs::is_directory(path, error);
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

// Whether it is written as a path rather than as a lesson's id.
bool looks_like_path(std::string_view named) {
  return named.find('/') != std::string_view::npos || named.ends_with(".toml") || named == "." ||
         named == "..";
}

Result<fs::path> find_by_path(const fs::path& path) {
  if (is_file(path)) return path;
  if (is_file(path / kLessonFile)) return path / kLessonFile;
  if (is_folder(path)) {
    return make_error(fmt::format("the folder {} holds no lesson", in_quotes(path.string())),
                      fmt::format("a lesson's folder has a file {}", kLessonFile));
  }
  return make_error(fmt::format("there is no lesson {}", in_quotes(path.string())),
                    "`mailwalk list` shows the lessons that come along");
}

std::vector<std::string> ids_of(const std::vector<fs::path>& files) {
  std::vector<std::string> ids;
  for (const fs::path& file : files) ids.push_back(file.parent_path().filename().string());
  return ids;
}

// The first lesson that is the wanted one. Those with mistakes are passed over: they are no reason
// not to find another.
template <class IsWanted>
std::optional<fs::path> find_lesson_if(const std::vector<fs::path>& files, IsWanted is_wanted) {
  for (const fs::path& file : files) {
    const world::ScenarioResult lesson = world::load_scenario(file.string());
    if (lesson && is_wanted(*lesson)) return file;
  }
  return std::nullopt;
}

Result<fs::path> find_by_number(std::uint64_t number, const std::vector<fs::path>& files) {
  const auto found =
      find_lesson_if(files, [&](const auto& lesson) { return lesson.order == number; });
  if (found) return *found;
  return make_error(fmt::format("there is no lesson {}", number),
                    "`mailwalk list` shows the numbers");
}

}  // namespace

fs::path lessons_folder() {
  const char* named = std::getenv("MAILWALK_LESSONS");
  if (named != nullptr && *named != '\0') return named;
  const fs::path installed =
      program_path().parent_path().parent_path() / "share" / "mailwalk" / "lessons";
  return is_folder(installed) ? installed : fs::path(MAILWALK_LESSONS_FOLDER);
}

Result<std::vector<fs::path>> lesson_files(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (is_file(entry->path() / kLessonFile)) files.push_back(entry->path() / kLessonFile);
  }
  if (error) {
    return make_error(fmt::format("the lessons' folder {} cannot be read: {}",
                                  in_quotes(folder.string()), error.message()),
                      "set MAILWALK_LESSONS to the folder that holds them");
  }
  std::sort(files.begin(), files.end());
  return files;
}

Result<fs::path> find_lesson(std::string_view named, const fs::path& folder) {
  if (looks_like_path(named)) return find_by_path(named);
  const auto files = lesson_files(folder);
  if (files) {
    if (is_file(folder / named / kLessonFile)) return folder / named / kLessonFile;
    if (const auto number = ascii::parse_number(named)) return find_by_number(*number, *files);
  }
  // A folder of one's own may be named without a slash too.
  const Result<fs::path> own = find_by_path(named);
  if (own) return own;
  if (!files) return files.error();
  const auto by_id = find_lesson_if(*files, [&](const auto& lesson) { return lesson.id == named; });
  if (by_id) return *by_id;
  const std::vector<std::string> ids = ids_of(*files);
  return make_error(fmt::format("there is no lesson {}", in_quotes(named)),
                    world::suggest(named, {ids.begin(), ids.end()}));
}

}  // namespace mailwalk::cli
