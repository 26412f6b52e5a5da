#include "cli/list_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cli/lesson_finder.hpp"
#include "wire/printable.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::cli {
namespace {

struct Entry {
  std::uint32_t order;  // 0: after the others
  std::string id;
  std::string title;
};

bool comes_before(const Entry& a, const Entry& b) {
  if ((a.order == 0) != (b.order == 0)) return b.order == 0;
  return a.order != b.order ? a.order < b.order : a.id < b.id;
}

}  // namespace

ExitCode list_command(const ListOptions& options, Console& console) {
  const auto files = lesson_files(lessons_folder());
  if (!files) {
    console.complain(files.error());
    return ExitCode::BadInput;
  }
  ExitCode code = ExitCode::Ok;
  std::vector<Entry> entries;
  for (const auto& file : *files) {
    const world::ScenarioResult lesson = world::load_scenario(file.string());
    if (!lesson) {
      for (const Error& error : lesson.errors()) console.complain(error);
      code = ExitCode::BadInput;
      continue;
    }
    const world::LocalText& title = lesson->title;
    entries.push_back(
        {lesson->order, wire::printable(file.parent_path().filename().string()),
         wire::printable(options.language == exporting::Language::English ? title.english
                                                                          : title.indonesian)});
  }
  std::sort(entries.begin(), entries.end(), comes_before);
  std::size_t width = 0;
  for (const Entry& entry : entries) width = std::max(width, entry.id.size());
  for (const Entry& entry : entries) {
    console.print(fmt::format("{:>3}  ", entry.order == 0 ? "" : std::to_string(entry.order)));
    console.print(fmt::format("{:<{}}", entry.id, width), Colour::Bold);
    console.print(fmt::format("  {}\n", entry.title));
  }
  return code;
}

}  // namespace mailwalk::cli
