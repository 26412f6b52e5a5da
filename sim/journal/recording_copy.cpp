#include "journal/recording_copy.hpp"

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace mailwalk::journal {

namespace fs = std::filesystem;

namespace {

Error copy_error(const std::string& path, const std::string& why) {
  return {"was left in the middle of writing, and cannot be copied to put it in order: " + why,
          "make room among the temporary files", path};
}

}  // namespace

RecordingCopy::RecordingCopy(fs::path folder) : folder_(std::move(folder)) {}

RecordingCopy::RecordingCopy(RecordingCopy&& other) noexcept
    : folder_(std::exchange(other.folder_, {})) {}

RecordingCopy::~RecordingCopy() {
  if (folder_.empty()) return;
  std::error_code ignored;  // what is left of temporary files harms nobody
  fs::remove_all(folder_, ignored);
}

Result<RecordingCopy> RecordingCopy::make(const std::string& path) {
  std::error_code problem;
  const fs::path temporary = fs::temp_directory_path(problem);
  if (problem) return copy_error(path, problem.message());
  std::string folder = (temporary / "mailwalk-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    return copy_error(path, std::generic_category().message(errno));
  }
  RecordingCopy copy{fs::path(folder)};
  for (const char* ending : {"", "-journal", "-wal"}) {
    if (!fs::exists(path + ending, problem)) continue;
    fs::copy_file(path + ending, copy.file() + ending, problem);
    if (problem) return copy_error(path, problem.message());
  }
  return copy;
}

}  // namespace mailwalk::journal
