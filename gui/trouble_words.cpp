#include "gui/trouble_words.hpp"

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <system_error>
#include <vector>

#include "cli/lesson_finder.hpp"
#include "cli/write_file.hpp"
#include "gui/opening.hpp"
#include "journal/recording_sqlite.hpp"
#include "world/scenario_load.hpp"
#include "world/suggest.hpp"

namespace mailwalk::gui {
namespace {

namespace fs = std::filesystem;

// Who has less than this left has nothing left: no recording is smaller.
constexpr std::uintmax_t kLeastRoomOctets = 16 * 1'024;

// Empty if no lesson is called nearly so.
std::string lesson_that_was_meant(std::string_view named,
                                  const std::vector<fs::path>& lesson_files) {
  std::vector<std::string> ids;
  for (const fs::path& file : lesson_files) ids.push_back(file.parent_path().filename().string());
  return std::string(world::nearest_word(named, {ids.begin(), ids.end()}));
}

// No lesson's file and no other.
std::string why_not_found(std::string_view named, const Error& error, const Language& language) {
  std::error_code ignored;
  if (fs::is_directory(named, ignored)) return language.format("trouble.no_lesson_in", named);
  const auto files = cli::lesson_files(cli::lessons_folder());
  if (!files) return language.format("note.not_opened", error.text());
  std::string words = language.format("trouble.not_there", named);
  const std::string meant = lesson_that_was_meant(named, *files);
  if (!meant.empty()) words += " " + language.format("trouble.meant", meant);
  return words;
}

bool is_told_by_system(const Error& error, std::errc code) {
  return error.what.find(std::make_error_code(code).message()) != std::string::npos;
}

// By the system, or by a recording.
bool is_told_as_full(const Error& error) {
  return is_told_by_system(error, std::errc::no_space_on_device) ||
         error.what.find(journal::kDiskIsFull) != std::string::npos;
}

bool may_be_read(const fs::path& file) {
  return ::access(file.c_str(), R_OK) == 0;
}

}  // namespace

std::string why_not_opened(std::string_view named, const Error& error, const Language& language) {
  const auto file = cli::find_lesson(named, cli::lessons_folder());
  if (!file) return why_not_found(named, error, language);
  if (!may_be_read(*file)) return language.format("trouble.not_readable", file->string());
  const bool is_lesson = !is_recording(file->string());
  return language.format(is_lesson ? "trouble.bad_lesson" : "trouble.bad_recording", error.text());
}

std::string why_not_written(std::string_view otherwise, const Error& error,
                            const Language& language) {
  std::error_code problem;
  const fs::path folder = fs::current_path(problem);
  const fs::space_info room = fs::space(folder, problem);
  const bool is_full = !problem && room.capacity > 0 && room.available < kLeastRoomOctets;
  if (is_full || is_told_as_full(error)) {
    return std::string(language.text("trouble.disk_full"));
  }
  if (!cli::check_writable(folder / ".mailwalk-may-write")) {
    return language.format("trouble.folder_closed", folder.string());
  }
  return language.format(otherwise, error.text());
}

// A lesson that can be read has met with trouble at its addresses.
std::string why_not_live(std::string_view lesson, const Error& error, const Language& language) {
  const auto file = cli::find_lesson(lesson, cli::lessons_folder());
  if (file && is_recording(file->string())) return std::string(language.text("trouble.not_again"));
  const bool is_sound = file && world::load_scenario(file->string()).ok();
  if (!is_sound) return why_not_opened(lesson, error, language);
  if (is_told_by_system(error, std::errc::address_in_use)) {
    return std::string(language.text("trouble.addresses_taken"));
  }
  return language.format("trouble.addresses", error.text());
}

}  // namespace mailwalk::gui
