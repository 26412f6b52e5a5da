#include "journal/recording_batches.hpp"

#include <algorithm>
#include <utility>

#include "journal/recording_creation.hpp"
#include "journal/recording_format.hpp"
#include "journal/recording_place.hpp"
#include "journal/recording_reader.hpp"

namespace mailwalk::journal {
namespace {

// A commit waits for the disk: so many that this costs little beside the run. So few that a batch,
// which is in memory until then, stays small.
constexpr std::uint64_t kEventsPerBatch = 65'536;
constexpr std::uint64_t kOctetsPerBatch = 16'000'000;

// Who has the file between two batches may only have asked whether it is free. Longer than that,
// and promises would be made beside a recording of somebody else.
constexpr Duration kPatienceToBegin = seconds(1);

// While a commit waits for those who read, nobody else can begin to read. So it does not wait; or,
// where there is time, for a moment, and then lets others come and go, again and again.
constexpr Duration kMoment = milliseconds(50);
constexpr Duration kBetweenMoments = milliseconds(150);
constexpr int kMomentsToGoOn = 10;  // two seconds in all: somebody waits for the program to begin

// Why these: recording.md, "How it is written".
constexpr const char* kSettings =
    "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_spill = OFF; "
    "PRAGMA cache_size = -32000";

Error still_read_error(const std::string& path) {
  return {"is being read by another program, so that its end stays in a file of its own",
          "end that program first", path};
}

}  // namespace

RecordingBatches::RecordingBatches(Database database, PromiseWriter& promises)
    : database_(std::move(database)), promises_(promises) {}

// At one place in memory, since the rows refer to the database.
Result<std::unique_ptr<RecordingBatches>> RecordingBatches::open(const std::string& path,
                                                                 PromiseWriter& promises) {
  Result<Database> database = Database::open(path, Access::Write);
  if (!database) return database.error();
  const Done set = database->run(kSettings);
  if (!set) return set.error();
  return std::unique_ptr<RecordingBatches>(new RecordingBatches(std::move(*database), promises));
}

Result<std::unique_ptr<RecordingBatches>> RecordingBatches::begin(const std::string& path,
                                                                  PromiseWriter& promises) {
  auto batches = open(path, promises);
  if (!batches) return batches;
  const Done made = (*batches)->make_tables();
  if (!made) return made.error();
  return batches;
}

Done RecordingBatches::make_tables() {
  Done made = begin_batch(database_);
  if (made) made = create_schema(database_);
  if (made) made = database_.run("COMMIT");
  if (!made) return made;
  Result<RowWriter> rows = RowWriter::prepare(database_);
  if (!rows) return rows.error();
  rows_.emplace(std::move(*rows));
  return begin_batch(database_);
}

// ---- Going on --------------------------------------------------------------------------------

Result<std::unique_ptr<RecordingBatches>> RecordingBatches::reserve(const std::string& path,
                                                                    PromiseWriter& promises) {
  const Result<RecordingReader> readable = RecordingReader::open(path);
  if (!readable) return readable.error();
  auto batches = open(path, promises);
  if (!batches) return batches;
  Database& database = (*batches)->database_;
  database.set_patience(kNoPatience);
  const Done begun = begin_batch(database);
  if (!begun && database.is_busy()) return busy_error(path, "end that program first");
  if (!begun) return begun.error();
  const Done taken_over = promises.take_over();
  if (!taken_over) return taken_over.error();
  return batches;
}

Done RecordingBatches::go_on(const Journal& past) {
  const Result<std::int64_t> version = read_version(database_);
  if (!version) return version.error();
  if (*version != kFormatVersion) {
    return Error{"was written by an older Mailwalk, and this one does not go on with it",
                 "start a new recording", database_.name()};
  }
  const Done sound = check_schema(database_, *version);
  if (!sound) return sound;
  Result<RowWriter> rows = RowWriter::prepare_after(database_, past);
  if (!rows) return rows.error();
  rows_.emplace(std::move(*rows));
  promises_.has_kept(past.size());
  for (std::uint64_t i = rows_->events(); i < past.size(); ++i) {
    uncommitted_.push_back(&past[EventPosition{i}]);
  }
  const Done written = commit_all(kMomentsToGoOn);
  if (!written) return written;
  if (is_behind()) return still_read_error(database_.name());
  events_at_last_try_ = events();
  const Done named = name_kinds(database_);  // they come into the file with the next events
  return named ? settle() : named;
}

// ---- Writing ---------------------------------------------------------------------------------

Done RecordingBatches::add(const Event& event) {
  // While events before it wait for somebody to stop reading, so does this one.
  const bool is_next = rows_->events() == event.position.value();
  uncommitted_.push_back(&event);
  return is_next ? rows_->add(event) : done();
}

bool RecordingBatches::is_full() const {
  return events() - events_at_last_try_ >= kEventsPerBatch ||
         rows_->octets_added() - octets_at_last_try_ >= kOctetsPerBatch;
}

Error RecordingBatches::reason_of(const Error& problem) const {
  return database_.was_moved() ? moved_error(database_.name()) : problem;
}

Done RecordingBatches::commit(Duration patience) {
  if (database_.was_moved()) return moved_error(database_.name());
  database_.set_patience(patience);
  const bool has_rows = rows_->events() > rows_->committed_events();
  const Done tried = has_rows ? commit_rows() : catch_up();
  if (!tried) return tried;
  events_at_last_try_ = events();
  octets_at_last_try_ = rows_->octets_added();
  return settle();
}

Done RecordingBatches::commit_all(int most_moments) {
  for (int moments = 0; is_behind() && moments < most_moments;) {
    const std::uint64_t before = committed_events();
    const Done tried = commit(kMoment);
    if (!tried) return tried;
    if (committed_events() > before) continue;
    ++moments;
    let_others_go_on(kBetweenMoments);
  }
  return done();
}

// A commit that somebody's reading keeps waiting would hold on to a lock that keeps others from
// reading. So the batch is taken back, and the lock is let go with it.
Done RecordingBatches::commit_rows() {
  const std::uint64_t before = committed_events();
  const Done committed = database_.run("COMMIT");
  if (committed) {
    rows_->committed();
    const auto count = static_cast<std::ptrdiff_t>(committed_events() - before);
    uncommitted_.erase(uncommitted_.begin(), uncommitted_.begin() + count);
    return begin_again();
  }
  if (!database_.is_busy()) return committed;
  const Done taken_back = database_.run("ROLLBACK");
  if (!taken_back) return taken_back;
  rows_->taken_back();
  return begin_again();
}

// Whether somebody reads is asked before anything is added in vain: who is alone with the file
// commits without waiting for anybody. As much as two batches hold, so that a long queue gets
// shorter while new events come.
Done RecordingBatches::catch_up() {
  const Done let_go = database_.run("ROLLBACK");  // of nothing
  if (!let_go) return let_go;
  const Done alone = database_.run("BEGIN EXCLUSIVE");
  if (!alone) return database_.is_busy() ? begin_again() : alone;
  const Done named = name_kinds(database_);  // what was taken back may have had new names
  if (!named) return named;
  const std::uint64_t octets_before = rows_->octets_added();
  const std::uint64_t end = std::min(events(), rows_->events() + 2 * kEventsPerBatch);
  while (rows_->events() < end && rows_->octets_added() - octets_before < 2 * kOctetsPerBatch) {
    const Event& next =
        *uncommitted_[static_cast<std::size_t>(rows_->events() - committed_events())];
    const Done added = rows_->add(next);
    if (!added) return added;
  }
  return commit_rows();
}

Done RecordingBatches::begin_again() {
  database_.set_patience(kPatienceToBegin);
  const Done begun = begin_batch(database_);
  return !begun && database_.is_busy() ? busy_error(database_.name(), "end that program first")
                                       : begun;
}

// What is in the file needs no promise, and the rest has one.
Done RecordingBatches::settle() {
  const std::uint64_t in_file = committed_events();
  const Done noted = promises_.all_in_file(in_file, rows_->committed_fingerprint());
  if (!noted || !is_behind()) return noted;
  return promises_.keep(events(), [&](std::uint64_t position) -> const Event& {
    return *uncommitted_[static_cast<std::size_t>(position - in_file)];
  });
}

}  // namespace mailwalk::journal
