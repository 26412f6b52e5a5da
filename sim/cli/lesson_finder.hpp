// Where lessons lie, and which one is meant.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "world/scenario_file.hpp"

namespace mailwalk::cli {

inline constexpr const char* kLessonFile = "lesson.toml";  // in the lesson's own folder

// The folder of the lessons that come along: $MAILWALK_LESSONS if it is set; share/mailwalk/lessons
// beside the bin/ in which the program lies; or the source's lessons/, from which it was built.
std::filesystem::path lessons_folder();

// The lesson files below a folder, in the order of their names. An error if there is no such
// folder.
Result<std::vector<std::filesystem::path>> lesson_files(const std::filesystem::path& folder);

// The file of the lesson that a person named: by id, by number, by its folder or by the file
// itself.
Result<std::filesystem::path> find_lesson(std::string_view named,
                                          const std::filesystem::path& folder);

}  // namespace mailwalk::cli
