#include "journal/recording_writer.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "journal/event_codec.hpp"
#include "journal/recording_format.hpp"
#include "journal/recording_promise_writer.hpp"
#include "journal/recording_reader.hpp"
#include "journal/recording_rows.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {

namespace {

// A commit waits for the disk: so many that this costs little beside the run. So few that a batch,
// which is in memory until then, stays small.
constexpr std::uint64_t kEventsPerBatch = 65'536;
constexpr std::uint64_t kOctetsPerBatch = 16'000'000;

// While a commit waits for those who read, nobody else can begin to read. So it does not wait; or,
// where there is time, for a moment, and then lets others come and go, again and again.
constexpr Duration kMoment = milliseconds(50);
constexpr Duration kBetweenMoments = milliseconds(150);
constexpr int kMomentsToGoOn = 10;  // two seconds in all: somebody waits for the program to begin
constexpr int kMomentsToFinish = 50;

// Why these: recording.md, "How it is written".
constexpr const char* kSettings =
    "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_spill = OFF; "
    "PRAGMA cache_size = -32000";

Result<Database> open_to_write(const std::string& path) {
  Result<Database> database = Database::open(path, Access::Write);
  if (!database) return database;
  const Done set = database->run(kSettings);
  if (!set) return set.error();
  return database;
}

// What it lacks is beside it.
Error still_read_error(const std::string& path, const std::string& remedy) {
  return {"is being read by another program, so that its end stays in a file of its own", remedy,
          path};
}

Error moved_error(const Database& database) {
  return {
      "cannot be written: somebody moved, removed or replaced it meanwhile", {}, database.name()};
}

}  // namespace

// At one place in memory, since the rows refer to the database.
struct RecordingWriter::Target {
  Target(Database opened, const std::string& path) : database(std::move(opened)), promises(path) {}

  // Both end with a batch that is begun, and leave the file as it is while somebody reads it:
  // rows->committed_events() tells. The first is for events that are in the batch; the second for
  // those up to `end` that are not: as many as two batches hold, so that a long queue gets shorter
  // while new events come.
  Done commit_rows();
  Done catch_up(const Journal& journal, std::uint64_t end);
  Done begin_again();

  Database database;
  std::optional<RowWriter> rows;
  PromiseWriter promises;
};

// A commit that somebody's reading keeps waiting would hold on to a lock that keeps others from
// reading. So the batch is taken back, and the lock is let go with it.
Done RecordingWriter::Target::commit_rows() {
  const Done committed = database.run("COMMIT");
  if (committed) {
    rows->committed();
    return begin_again();
  }
  if (!database.is_busy()) return committed;
  const Done taken_back = database.run("ROLLBACK");
  if (!taken_back) return taken_back;
  rows->taken_back();
  return begin_again();
}

// Whether somebody reads is asked before anything is added in vain: who is alone with the file
// commits without waiting for anybody.
Done RecordingWriter::Target::catch_up(const Journal& journal, std::uint64_t end) {
  const Done let_go = database.run("ROLLBACK");  // of nothing
  if (!let_go) return let_go;
  const Done alone = database.run("BEGIN EXCLUSIVE");
  if (!alone) return database.is_busy() ? begin_again() : alone;
  const Done named = name_kinds(database);  // what was taken back may have had new names
  if (!named) return named;
  const std::uint64_t octets_before = rows->octets_added();
  end = std::min(end, rows->events() + 2 * kEventsPerBatch);
  while (rows->events() < end && rows->octets_added() - octets_before < 2 * kOctetsPerBatch) {
    const Done added = rows->add(journal[EventPosition{rows->events()}]);
    if (!added) return added;
  }
  return commit_rows();
}

Done RecordingWriter::Target::begin_again() {
  database.set_patience(kUsualPatience);
  const Done begun = begin_batch(database);
  return !begun && database.is_busy() ? busy_error(database.name(), "end that program first")
                                      : begun;
}

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::create(const std::string& path,
                                                                 Existing existing) {
  const Done empty = make_empty_recording(path, existing);
  if (!empty) return empty.error();
  Result<std::unique_ptr<Target>> target = make_target(path);
  if (target) return std::unique_ptr<RecordingWriter>(new RecordingWriter(std::move(*target)));
  // Nobody wants a file that is no recording.
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
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
  Done made = begin_batch(database);
  if (made) made = create_schema(database);
  if (made) made = database.run("COMMIT");
  if (!made) return made.error();
  Result<RowWriter> rows = RowWriter::prepare(database);
  if (!rows) return rows.error();
  target->rows.emplace(std::move(*rows));
  const Done begun = begin_batch(database);
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
  const Done begun = begin_batch(target->database);
  if (!begun && target->database.is_busy()) return busy_error(path, "end that program first");
  if (!begun) return begun.error();
  return std::unique_ptr<RecordingWriter>(new RecordingWriter(std::move(target)));
}

Done RecordingWriter::go_on(const Journal& past) {
  return checked(go_on_from(past));
}

Done RecordingWriter::go_on_from(const Journal& past) {
  Database& database = target_->database;
  const Result<std::int64_t> version = read_version(database);
  if (!version) return version.error();
  if (*version != kFormatVersion) {
    return Error{"was written by an older Mailwalk, and this one does not go on with it",
                 "start a new recording", database.name()};
  }
  const Done sound = check_schema(database, *version);
  if (!sound) return sound;
  Result<RowWriter> rows = RowWriter::prepare_after(database, past);
  if (!rows) return rows.error();
  target_->rows.emplace(std::move(*rows));
  seen_events_ = promised_events_ = past.size();
  const Done written = commit_all(past, kMomentsToGoOn);
  if (!written) return written;
  if (is_behind()) return still_read_error(database.name(), "end that program first");
  const Done named = name_kinds(database);  // they come into the file with the next events
  return named ? all_is_in_file() : named;
}

void RecordingWriter::follow(Journal& journal, Commits commits) {
  commits_ = commits;
  journal_ = listened_to_ = &journal;
  for (std::uint64_t i = seen_events_; i < journal.size(); ++i) appended(journal[EventPosition{i}]);
  journal.set_listener(this);
}

void RecordingWriter::write_next(const Journal& journal) {
  journal_ = &journal;
  appended(journal[EventPosition{seen_events_}]);
}

void RecordingWriter::appended(const Event& event) {
  if (error_ || target_ == nullptr) return;
  seen_events_ = event.position.value() + 1;
  // While events before it wait for somebody to stop reading, so does this one.
  const bool is_next = target_->rows->events() == event.position.value();
  if (is_next && !checked(target_->rows->add(event))) return;
  if (commits_ == Commits::WhenFull && wants_commit()) commit();
}

bool RecordingWriter::wants_commit() const {
  return target_ != nullptr &&
         (seen_events_ - events_at_last_try_ >= kEventsPerBatch ||
          target_->rows->octets_added() - octets_at_last_try_ >= kOctetsPerBatch);
}

bool RecordingWriter::is_behind() const {
  return target_ != nullptr && target_->rows && target_->rows->committed_events() < seen_events_;
}

Done RecordingWriter::promise() {
  if (error_) return *error_;
  if (!is_behind()) return done();
  return wants_commit() ? commit() : checked(keep_promise(*journal_));
}

Done RecordingWriter::commit() {
  if (error_) return *error_;
  if (!is_behind()) return done();
  return checked(commit_batch(*journal_, kNoPatience));
}

Done RecordingWriter::keep_promise(const Journal& journal) {
  Target& target = *target_;
  if (target.database.was_moved()) return moved_error(target.database);
  if (promised_events_ == seen_events_) return done();
  const std::uint64_t before = promised_fingerprint_.value();
  const std::uint64_t begin = promised_events_;
  all_is_promised(journal);
  return target.promises.keep(journal, begin, seen_events_, before);
}

void RecordingWriter::all_is_promised(const Journal& journal) {
  const RowWriter& rows = *target_->rows;
  if (rows.events() == seen_events_) {
    promised_fingerprint_ = rows.fingerprint();
  } else {
    for (std::uint64_t i = promised_events_; i < seen_events_; ++i) {
      add_to_fingerprint(journal[EventPosition{i}], promised_fingerprint_);
    }
  }
  promised_events_ = seen_events_;
}

Done RecordingWriter::all_is_in_file() {
  promised_events_ = seen_events_;
  promised_fingerprint_ = target_->rows->fingerprint();
  return target_->promises.forget();
}

Done RecordingWriter::commit_batch(const Journal& journal, Duration patience) {
  Target& target = *target_;
  if (target.database.was_moved()) return moved_error(target.database);
  target.database.set_patience(patience);
  const bool has_rows = target.rows->events() > target.rows->committed_events();
  const Done tried = has_rows ? target.commit_rows() : target.catch_up(journal, seen_events_);
  if (!tried) return tried;
  events_at_last_try_ = seen_events_;
  octets_at_last_try_ = target.rows->octets_added();
  return is_behind() ? keep_promise(journal) : all_is_in_file();
}

// As far as those who read allow.
Done RecordingWriter::commit_all(const Journal& journal, int most_moments) {
  for (int moments = 0; is_behind() && moments < most_moments;) {
    const std::uint64_t before = target_->rows->committed_events();
    const Done tried = commit_batch(journal, kMoment);
    if (!tried) return tried;
    if (target_->rows->committed_events() > before) continue;
    ++moments;
    let_others_go_on(kBetweenMoments);
  }
  return done();
}

Done RecordingWriter::finish() {
  Done written = error_ ? Done(*error_) : done();
  if (written && is_behind()) written = checked(commit_all(*journal_, kMomentsToFinish));
  if (written && is_behind()) {
    const std::string& file = target_->database.name();
    written = still_read_error(file, "keep the two together: " + promises_path(file));
  }
  if (listened_to_ != nullptr) listened_to_->set_listener(nullptr);
  journal_ = listened_to_ = nullptr;
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
