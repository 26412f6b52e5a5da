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
#include "journal/recording_promises.hpp"
#include "journal/recording_reader.hpp"
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

// From here to COMMIT nobody else can write into the file, and everybody can read it.
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

Result<Database> open_to_write(const std::string& path) {
  Result<Database> database = Database::open(path, Access::Write);
  if (!database) return database;
  const Done set = database->run(kSettings);
  if (!set) return set.error();
  return database;
}

constexpr Duration kNoPatience{};

// By another writer, who has always begun a batch.
bool is_being_written(const std::string& path) {
  Result<Database> database = Database::open(path, Access::Recover);
  if (!database) return false;
  database->set_patience(kNoPatience);
  return !begin(*database) && database->is_busy();
}

Error exists_error(const std::string& path) {
  return {"exists already; nothing is overwritten",
          "choose another name, or replace it with --force", path};
}

Error busy_error(const std::string& path, const std::string& remedy) {
  return {"somebody is recording into it just now", remedy, path};
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
  for (const std::string& leftover : {promises, path + "-journal", path + "-wal", path + "-shm"}) {
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

// An empty file, with nothing beside it that SQLite might take for its own.
Done make_empty(const std::string& path, Existing existing) {
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

Error still_read_error(const std::string& path) {
  return {"is being read by another program, so that its end stays in a file of its own",
          "keep the two together: " + promises_path(path), path};
}

Error moved_error(const Database& database) {
  return {
      "cannot be written: somebody moved, removed or replaced it meanwhile", {}, database.name()};
}

}  // namespace

// At one place in memory, since the rows refer to the database.
struct RecordingWriter::Target {
  Target(Database opened, const std::string& path) : database(std::move(opened)), promises(path) {}

  Database database;
  std::optional<RowWriter> rows;
  PromiseWriter promises;
};

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::create(const std::string& path,
                                                                 Existing existing) {
  const Done empty = make_empty(path, existing);
  if (!empty) return empty.error();
  Result<std::unique_ptr<Target>> target = make_target(path);
  if (target) return std::unique_ptr<RecordingWriter>(new RecordingWriter(std::move(*target)));
  // Nobody wants a file that is no recording.
  std::error_code ignored;
  fs::remove(path, ignored);
  return target.error();
}

RecordingWriter::RecordingWriter(std::unique_ptr<Target> target) : target_(std::move(target)) {}

RecordingWriter::~RecordingWriter() {
  finish();
}

// Of an empty file, that is.
Result<std::unique_ptr<RecordingWriter::Target>> RecordingWriter::make_target(
    const std::string& path) {
  Result<Database> opened = open_to_write(path);
  if (!opened) return opened.error();
  auto target = std::make_unique<Target>(std::move(*opened), path);
  Database& database = target->database;
  Done made = begin(database);
  if (made) made = create_schema(database);
  if (made) made = database.run("COMMIT");
  if (!made) return made.error();
  Result<RowWriter> rows = RowWriter::prepare(database);
  if (!rows) return rows.error();
  target->rows.emplace(std::move(*rows));
  const Done begun = begin(database);
  if (!begun) return begun.error();
  return target;
}

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::reserve(const std::string& path) {
  const Result<RecordingReader> readable = RecordingReader::open(path);
  if (!readable) return readable.error();
  Result<Database> database = open_to_write(path);
  if (!database) return database.error();
  auto target = std::make_unique<Target>(std::move(*database), path);
  target->database.set_patience(kNoPatience);
  const Done begun = begin(target->database);
  if (!begun && target->database.is_busy()) return busy_error(path, "end that program first");
  if (!begun) return begun.error();
  target->database.set_patience(kUsualPatience);
  return std::unique_ptr<RecordingWriter>(new RecordingWriter(std::move(target)));
}

Done RecordingWriter::go_on(const Journal& past) {
  Database& database = target_->database;
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
  target_->rows.emplace(std::move(*rows));
  committed_events_ = target_->rows->events();
  for (std::uint64_t i = committed_events_; i < past.size(); ++i) {
    const Done added = target_->rows->add(past[EventPosition{i}]);
    if (!added) return added;
  }
  const Done committed = checked(commit_batch());
  if (!committed && database.is_busy())
    return busy_error(database.name(), "end that program first");
  return committed;
}

void RecordingWriter::follow(Journal& journal, Commits commits) {
  commits_ = commits;
  journal_ = &journal;
  for (std::uint64_t i = target_ ? target_->rows->events() : 0; i < journal.size(); ++i) {
    appended(journal[EventPosition{i}]);
  }
  journal.set_listener(this);
}

void RecordingWriter::appended(const Event& event) {
  if (error_ || target_ == nullptr) return;
  if (!checked(target_->rows->add(event))) return;
  if (commits_ == Commits::WhenFull && wants_commit()) commit();
}

bool RecordingWriter::wants_commit() const {
  return target_ != nullptr &&
         (target_->rows->events() - batch_begin_events_ >= kEventsPerBatch ||
          target_->rows->octets_added() - batch_begin_octets_ >= kOctetsPerBatch);
}

bool RecordingWriter::is_behind() const {
  return target_ != nullptr && target_->rows && target_->rows->events() > committed_events_;
}

Done RecordingWriter::promise() {
  if (error_) return *error_;
  if (!is_behind()) return done();
  return wants_commit() ? commit() : checked(keep_promise());
}

Done RecordingWriter::commit() {
  if (error_) return *error_;
  if (!is_behind()) return done();
  // Who reads the file may do so for long, and a server has no time to wait.
  target_->database.set_patience(commits_ == Commits::WhenTold ? kNoPatience : kUsualPatience);
  return checked(commit_batch());
}

Done RecordingWriter::keep_promise() {
  Target& target = *target_;
  if (target.database.was_moved()) return moved_error(target.database);
  if (promised_events_ == target.rows->events()) return done();
  const Done kept = target.promises.keep(*journal_, promised_events_, target.rows->events(),
                                         promised_fingerprint_);
  all_is_promised();
  return kept;
}

void RecordingWriter::all_is_promised() {
  promised_events_ = target_->rows->events();
  promised_fingerprint_ = target_->rows->fingerprint().value();
}

Done RecordingWriter::commit_batch() {
  Target& target = *target_;
  if (target.database.was_moved()) return moved_error(target.database);
  batch_begin_events_ = target.rows->events();
  batch_begin_octets_ = target.rows->octets_added();
  const Done committed = target.database.run("COMMIT");
  const bool is_read = !committed && target.database.is_busy() && journal_ != nullptr;
  if (is_read) return keep_promise();
  if (!committed) return committed;
  committed_events_ = target.rows->events();
  all_is_promised();
  const Done forgotten = target.promises.forget();
  if (!forgotten) return forgotten;
  target.database.set_patience(kUsualPatience);
  return begin(target.database);
}

Done RecordingWriter::finish() {
  commits_ = Commits::WhenFull;  // now there is time
  Done written = commit();
  if (written && is_behind()) written = still_read_error(target_->database.name());
  if (journal_ != nullptr) journal_->set_listener(nullptr);
  journal_ = nullptr;
  target_.reset();
  return written;
}

// After an error what is in the batch is taken back, by SQLite already or as the database closes.
// What was promised stays beside the file.
Done RecordingWriter::checked(Done written) {
  if (written) return written;
  error_ = target_->database.was_moved() ? moved_error(target_->database) : written.error();
  target_.reset();
  return *error_;
}

}  // namespace mailwalk::journal
