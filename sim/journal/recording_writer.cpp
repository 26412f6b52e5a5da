#include "journal/recording_writer.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "journal/recording_format.hpp"
#include "journal/recording_rows.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {

namespace fs = std::filesystem;

namespace {

// A commit waits for the disk: so many that this costs little beside the run. So few that a batch,
// which is in memory until then, stays small.
constexpr std::uint64_t kEventsPerBatch = 16'384;
constexpr std::uint64_t kOctetsPerBatch = 16'000'000;

// Why these: recording.md, "How it is written".
constexpr const char* kSettings =
    "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_spill = OFF; "
    "PRAGMA cache_size = -32000";

bool is_recording(const std::string& path) {
  Result<Database> database = Database::open(path, Access::Read);
  return database && read_version(*database);
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
  fs::remove(path, problem);
  if (problem) return Error{"cannot be replaced: " + problem.message(), {}, path};
  return done();
}

// What was left beside a file that is gone must not be taken for the journal of a new one.
Done clear_leftovers(const std::string& path) {
  for (const char* ending : {"-journal", "-wal", "-shm"}) {
    std::error_code problem;
    if (!fs::exists(path + ending, problem)) continue;
    fs::remove(path + ending, problem);
    if (problem) return Error{"cannot be removed: " + problem.message(), {}, path + ending};
  }
  return done();
}

Done check_folder(const std::string& path) {
  std::error_code problem;
  const fs::path folder = fs::absolute(path, problem).parent_path();
  if (!problem && fs::is_directory(folder, problem)) return done();
  return Error{"cannot be written: there is no folder " + folder.string(), {}, path};
}

Done make_room(const std::string& path, Existing existing) {
  const Done folder = check_folder(path);
  if (!folder) return folder;
  const Done cleared = clear(path, existing);
  if (!cleared) return cleared;
  return clear_leftovers(path);
}

Done begin(Database& database) {
  return database.run("BEGIN IMMEDIATE");
}

}  // namespace

// At one place in memory, since the rows refer to the database.
struct RecordingWriter::Target {
  explicit Target(Database opened) : database(std::move(opened)) {}

  Database database;
  std::optional<RowWriter> rows;
};

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::create(const std::string& path,
                                                                 Existing existing) {
  const Done room = make_room(path, existing);
  if (!room) return room.error();
  Result<Database> database = Database::open(path, Access::Create);
  if (!database) return database.error();
  auto target = std::make_unique<Target>(std::move(*database));
  const Done made = prepare(*target);
  if (!made) {
    // Nobody wants a file that is no recording.
    target.reset();
    std::error_code ignored;
    fs::remove(path, ignored);
    return made.error();
  }
  return std::unique_ptr<RecordingWriter>(new RecordingWriter(std::move(target)));
}

RecordingWriter::RecordingWriter(std::unique_ptr<Target> target) : target_(std::move(target)) {}

RecordingWriter::~RecordingWriter() {
  finish();
}

Done RecordingWriter::prepare(Target& target) {
  Database& database = target.database;
  const Done set = database.run(kSettings);
  if (!set) return set;
  const Done begun = begin(database);
  if (!begun) return begun;
  const Done made = create_schema(database);
  if (!made) return made;
  const Done committed = database.run("COMMIT");
  if (!committed) return committed;
  Result<RowWriter> rows = RowWriter::prepare(database);
  if (!rows) return rows.error();
  target.rows.emplace(std::move(*rows));
  return done();
}

void RecordingWriter::follow(Journal& journal) {
  for (const Event& event : journal) appended(event);
  journal_ = &journal;
  journal.set_listener(this);
}

void RecordingWriter::appended(const Event& event) {
  if (error_ || target_ == nullptr) return;
  Done written = batch_events_ == 0 ? begin(target_->database) : done();
  if (written) written = target_->rows->add(event);
  if (!written) return fail(written.error());
  ++batch_events_;
  batch_octets_ += target_->rows->take_octets();
  if (batch_events_ < kEventsPerBatch && batch_octets_ < kOctetsPerBatch) return;
  const Done committed = commit();
  if (!committed) fail(committed.error());
}

Done RecordingWriter::commit() {
  if (batch_events_ == 0) return done();
  batch_events_ = 0;
  batch_octets_ = 0;
  return target_->database.run("COMMIT");
}

Done RecordingWriter::acknowledge() {
  if (error_) return *error_;
  if (target_ == nullptr) return done();
  const Done committed = commit();
  if (!committed) fail(committed.error());
  return committed;
}

Done RecordingWriter::finish() {
  Done written = acknowledge();
  if (journal_ != nullptr) journal_->set_listener(nullptr);
  journal_ = nullptr;
  target_.reset();
  return written;
}

// What is in the batch is taken back when the database is closed, or by SQLite already.
void RecordingWriter::fail(const Error& error) {
  error_ = error;
  target_.reset();
}

}  // namespace mailwalk::journal
