// A copy of a recording that was left in the middle of a transaction, in a place where it can be
// put in order.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace mailwalk::journal {

// A folder of its own among the temporary files with the file and what SQLite keeps beside it (its
// journal). Both are gone when this goes away; whoever has the copy open by then may go on.
class RecordingCopy {
 public:
  static Result<RecordingCopy> make(const std::string& path);
  ~RecordingCopy();
  RecordingCopy(RecordingCopy&& other) noexcept;
  RecordingCopy& operator=(RecordingCopy&&) = delete;
  RecordingCopy(const RecordingCopy&) = delete;
  RecordingCopy& operator=(const RecordingCopy&) = delete;

  [[nodiscard]] std::string file() const { return (folder_ / kName).string(); }

 private:
  static constexpr const char* kName = "copy.mailwalk";
  explicit RecordingCopy(std::filesystem::path folder);

  std::filesystem::path folder_;  // empty after a move
};

}  // namespace mailwalk::journal
