#include "journal/recording_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
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
constexpr std::uint64_t kEventsPerBatch = 65'536;
constexpr std::uint64_t kOctetsPerBatch = 16'000'000;

// Why these: recording.md, "How it is written".
constexpr const char* kSettings =
    "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_spill = OFF; "
    "PRAGMA cache_size = -32000";

Done begin(Database& database) {
  return database.run("BEGIN IMMEDIATE");
}

// Also if it is damaged, or was left in the middle of writing.
bool is_recording(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return false;  // whoever opens a pipe may wait for ever
  std::array<char, kHeaderOctets> header{};
  std::ifstream file(path, std::ios::binary);
  return file.read(header.data(), header.size()) &&
         is_header_of_recording({header.data(), header.size()});
}

// Another program has begun a batch, and will write it into the file.
bool is_being_written(const std::string& path) {
  Result<Database> database = Database::open(path, Access::Recover);
  const bool locked = database && database->run("PRAGMA busy_timeout = 0") && !begin(*database);
  return locked && (database->code() & 0xFF) == SQLITE_BUSY;
}

Error exists_error(const std::string& path) {
  return {"exists already; nothing is overwritten",
          "choose another name, or replace it with --force", path};
}

Error busy_error(const std::string& path) {
  return {"somebody is recording into it just now", "choose another name", path};
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
  if (!empty && is_being_written(path)) return busy_error(path);
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

// An empty file, with nothing beside it that SQLite might take for its own.
Done make_empty(const std::string& path, Existing existing) {
  const Done folder = check_folder(path);
  if (!folder) return folder;
  const Done cleared = clear(path, existing);
  if (!cleared) return cleared;
  const Done leftovers = clear_leftovers(path);
  if (!leftovers) return leftovers;
  return make_file(path);
}

Error moved_error(const Database& database) {
  return {
      "cannot be written: somebody moved, removed or replaced it meanwhile", {}, database.name()};
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
  const Done empty = make_empty(path, existing);
  if (!empty) return empty.error();
  Result<Database> database = Database::open(path, Access::Write);
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

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::go_on(const std::string& path,
                                                                const Journal& past) {
  if (is_being_written(path)) return busy_error(path);
  Result<Database> database = Database::open(path, Access::Write);
  if (!database) return database.error();
  auto target = std::make_unique<Target>(std::move(*database));
  const Done prepared = prepare_to_go_on(*target, past);
  if (!prepared) return prepared.error();
  return std::unique_ptr<RecordingWriter>(new RecordingWriter(std::move(target)));
}

Done RecordingWriter::prepare_to_go_on(Target& target, const Journal& past) {
  Database& database = target.database;
  const Done set = database.run(kSettings);
  if (!set) return set;
  const Result<std::int64_t> version = read_version(database);
  if (!version) return version.error();
  if (*version != kFormatVersion) {
    return Error{"was written by an older Mailwalk, and this one does not go on with it",
                 "start a new recording", database.name()};
  }
  const Done sound = check_schema(database, *version);
  if (!sound) return sound;
  const Done named = name_kinds(database);
  if (!named) return named;
  Result<RowWriter> rows = RowWriter::prepare_after(database, past);
  if (!rows) return rows.error();
  target.rows.emplace(std::move(*rows));
  return done();
}

void RecordingWriter::follow(Journal& journal, Commits commits) {
  commits_ = commits;
  for (std::uint64_t i = target_ ? target_->rows->events() : 0; i < journal.size(); ++i) {
    appended(journal[EventPosition{i}]);
  }
  journal_ = &journal;
  journal.set_listener(this);
}

void RecordingWriter::appended(const Event& event) {
  if (error_ || target_ == nullptr) return;
  Done written = batch_events_ == 0 ? begin(target_->database) : done();
  if (written) written = target_->rows->add(event);
  if (!written) return fail(written.error());
  ++batch_events_;
  if (commits_ == Commits::WhenTold || !wants_commit()) return;
  const Done committed = commit();
  if (!committed) fail(committed.error());
}

bool RecordingWriter::wants_commit() const {
  return target_ != nullptr &&
         (batch_events_ >= kEventsPerBatch ||
          target_->rows->octets_added() - octets_committed_ >= kOctetsPerBatch);
}

Done RecordingWriter::commit() {
  if (batch_events_ == 0) return done();
  batch_events_ = 0;
  octets_committed_ = target_->rows->octets_added();
  Database& database = target_->database;
  return database.was_moved() ? moved_error(database) : database.run("COMMIT");
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
  error_ = target_->database.was_moved() ? moved_error(target_->database) : error;
  target_.reset();
}

}  // namespace mailwalk::journal
