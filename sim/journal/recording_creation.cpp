#include "journal/recording_creation.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "journal/recording_format.hpp"
#include "journal/recording_promise_log.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {

namespace fs = std::filesystem;

namespace {

// Also if it is damaged, or was left in the middle of writing.
bool is_recording(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return false;  // whoever opens a pipe may wait for ever
  std::array<char, kHeaderOctets> header{};
  std::ifstream file(path, std::ios::binary);
  return file.read(header.data(), header.size()) &&
         is_header_of_recording({header.data(), header.size()});
}

// By another writer, who has always begun a batch.
bool is_being_written(const std::string& path) {
  Result<Database> database = Database::open(path, Access::Recover);
  if (!database) return false;
  database->set_patience(kNoPatience);
  return !begin_batch(*database) && database->is_busy();
}

Error exists_error(const std::string& path) {
  return {"exists already; nothing is overwritten",
          "choose another name, or replace it with --force", path};
}

// Makes room for the file, if it may.
Done clear(const std::string& path, Existing existing) {
  std::error_code problem;
  const fs::file_status status = fs::symlink_status(path, problem);
  if (status.type() == fs::file_type::not_found) return done();
  if (problem) return Error{"cannot be written: " + problem.message(), {}, path};
  if (status.type() == fs::file_type::directory) {
    return Error{"is a folder", "name a file in it", path};
  }
  if (existing == Existing::Refuse) return exists_error(path);
  const bool empty = status.type() == fs::file_type::regular && fs::file_size(path, problem) == 0;
  if (!empty && !is_recording(path)) {
    return Error{"is no recording, and so is not replaced", "choose another name", path};
  }
  if (!empty && is_being_written(path)) return busy_error(path, "choose another name");
  fs::remove(path, problem);
  if (problem) return Error{"cannot be replaced: " + problem.message(), {}, path};
  return done();
}

Done remove_if_there(const std::string& path) {
  std::error_code problem;
  fs::remove(path, problem);
  if (problem) return Error{"cannot be removed: " + problem.message(), {}, path};
  return done();
}

// What was left beside a file that is gone must not be taken for a part of the new one.
Done clear_leftovers(const std::string& path, Existing existing) {
  const std::string promises = promises_path(path);
  std::error_code ignored;
  if (existing == Existing::Refuse && fs::exists(promises, ignored)) {
    return Error{"is the end of a recording that was moved away or removed",
                 "move it to where that is, or remove it", promises};
  }
  for (const std::string& leftover :
       {promises, next_promises_path(path), path + "-journal", path + "-wal", path + "-shm"}) {
    const Done removed = remove_if_there(leftover);
    if (!removed) return removed;
  }
  return done();
}

Done check_folder(const std::string& path) {
  if (path.empty()) return Error{"a recording needs a file", "name one", path};
  std::error_code problem;
  const fs::path folder = fs::absolute(path, problem).parent_path();
  const fs::file_type type = fs::status(folder, problem).type();
  // What may not be looked into is told when the file is made.
  if (type == fs::file_type::directory || type == fs::file_type::none) return done();
  return Error{"cannot be written: there is no folder " + folder.string(), {}, path};
}

Error not_made_error(const std::string& path) {
  return {"cannot be written: " + std::generic_category().message(errno), {}, path};
}

// Of two who make the same file at once, one does. And the system says why a file cannot be made;
// SQLite says at most that it cannot.
Done make_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) return errno == EEXIST ? exists_error(path) : not_made_error(path);
  ::close(file);
  return done();
}

}  // namespace

Error busy_error(const std::string& path, const std::string& remedy) {
  return {"somebody is recording into it just now", remedy, path};
}

Done begin_batch(Database& database) {
  return database.run("BEGIN IMMEDIATE");
}

Done make_empty_recording(const std::string& path, Existing existing) {
  const Done folder = check_folder(path);
  if (!folder) return folder;
  std::error_code ignored;
  const bool is_replaced = fs::exists(path, ignored);
  const Done cleared = clear(path, existing);
  if (!cleared) return cleared;
  const Done leftovers = clear_leftovers(path, is_replaced ? existing : Existing::Refuse);
  if (!leftovers) return leftovers;
  return make_file(path);
}

}  // namespace mailwalk::journal
