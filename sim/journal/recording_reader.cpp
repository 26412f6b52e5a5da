#include "journal/recording_reader.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "journal/recording_copy.hpp"
#include "journal/recording_format.hpp"
#include "journal/recording_migration.hpp"
#include "journal/recording_promise_reader.hpp"
#include "journal/recording_rows.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {
namespace {

// SQLite cannot bring the file in order without changing it.
bool was_left_in_transaction(const Database& database) {
  switch (database.code()) {
    case SQLITE_READONLY_ROLLBACK:
    case SQLITE_READONLY_RECOVERY:
    case SQLITE_READONLY_CANTINIT: return true;
    default: return false;
  }
}

Done check_file(const std::string& path) {
  std::error_code problem;
  const auto status = std::filesystem::status(path, problem);
  if (status.type() == std::filesystem::file_type::not_found) {
    return Error{"there is no such file", {}, path};
  }
  if (problem) return Error{"cannot be read: " + problem.message(), {}, path};
  if (status.type() == std::filesystem::file_type::directory) {
    return Error{"is a folder, not a recording", {}, path};
  }
  // SQLite takes an empty file for a database without tables.
  if (status.type() != std::filesystem::file_type::regular ||
      std::filesystem::file_size(path, problem) == 0 || problem) {
    return Error{"is empty: nothing was recorded", {}, path};
  }
  return done();
}

// A file of something else, or one that is damaged at its very beginning.
Error no_recording(const Database& database) {
  if (database.code() == SQLITE_NOTADB) {
    return {"is no recording of Mailwalk", "`mailwalk run … --record FILE` makes one",
            database.name()};
  }
  return database.error();
}

// To be read in order: the file itself, or a copy of it.
Result<Database> open_in_order(const std::string& path) {
  Result<Database> database = Database::open(path, Access::Read);
  if (!database) return database;
  const Result<std::int64_t> readable = database->number("PRAGMA schema_version");
  if (readable) return database;
  if (!was_left_in_transaction(*database)) return no_recording(*database);
  const Result<RecordingCopy> copy = RecordingCopy::make(path);
  if (!copy) return copy.error();
  Result<Database> recovered = Database::open(copy->file(), Access::Recover);
  if (!recovered) return recovered;
  recovered->set_name(path);
  const Result<std::int64_t> rolled_back = recovered->number("PRAGMA schema_version");
  if (!rolled_back) return rolled_back.error();
  return recovered;
}

// Its tables are as they should be, in this version.
Result<Database> with_this_version(Database database) {
  const Result<std::int64_t> version = read_version(database);
  if (!version) return version.error();
  const Done sound = check_schema(database, *version);
  if (!sound) return sound.error();
  if (*version == kFormatVersion) return database;
  Result<Database> copy = Database::copy_of(database);
  if (!copy) return copy;
  const Done migrated = migrate(*copy, *version);
  if (!migrated) return migrated.error();
  return copy;
}

}  // namespace

// At one place in memory, since the parts refer to each other.
struct RecordingReader::Source {
  Source(Database opened, std::string beside)
      : database(std::move(opened)), chain(database.name()), promised(std::move(beside)) {}

  Database database;
  EventChain chain;
  std::optional<RowReader> rows;  // until they are read
  std::string promised;           // octets
  std::optional<PromiseReader> promises;
};

RecordingReader::RecordingReader(std::unique_ptr<Source> source) : source_(std::move(source)) {}
RecordingReader::~RecordingReader() = default;
RecordingReader::RecordingReader(RecordingReader&&) noexcept = default;
RecordingReader& RecordingReader::operator=(RecordingReader&&) noexcept = default;

Result<RecordingReader> RecordingReader::open(const std::string& path) {
  const Done there = check_file(path);
  if (!there) return there.error();
  Result<std::string> promised = load_promises(path);
  if (!promised) return promised.error();
  Result<Database> database = open_in_order(path);
  if (!database) return database.error();
  return read_from(std::move(*database), std::move(*promised));
}

Result<RecordingReader> RecordingReader::open_octets(std::string_view octets,
                                                     const std::string& name) {
  Result<Database> database = Database::over(octets, name);
  if (!database) return database.error();
  const Result<std::int64_t> readable = database->number("PRAGMA schema_version");
  if (!readable) return no_recording(*database);
  return read_from(std::move(*database), {});
}

Result<RecordingReader> RecordingReader::read_from(Database opened, std::string promised) {
  Result<Database> database = with_this_version(std::move(opened));
  if (!database) return database.error();
  auto source = std::make_unique<Source>(std::move(*database), std::move(promised));
  Result<RowReader> rows = RowReader::prepare(source->database, source->chain);
  if (!rows) return rows.error();
  source->rows.emplace(std::move(*rows));
  Result<PromiseReader> promises =
      PromiseReader::open(source->promised, promises_path(source->database.name()));
  if (!promises) return promises.error();
  source->promises.emplace(std::move(*promises));
  return RecordingReader(std::move(source));
}

Result<std::optional<Event>> RecordingReader::next() {
  Source& source = *source_;
  if (source.rows) {
    const Done belongs = source.promises->pass(source.chain);
    if (!belongs) return belongs.error();
    Result<std::optional<Event>> event = source.rows->next();
    if (!event || *event) return event;
    source.rows.reset();
    const Done let_go = source.database.run("COMMIT");  // of the file; nothing was written
    if (!let_go) return let_go.error();
  }
  return source.promises->next(source.chain);
}

std::string RecordingReader::fingerprint() const {
  return source_->chain.fingerprint().text();
}

Result<Journal> read_all(RecordingReader& reader) {
  Journal journal;
  for (;;) {
    Result<std::optional<Event>> next = reader.next();
    if (!next) return next.error();
    if (!*next) return journal;
    Event& event = **next;
    journal.append(event.time, event.node, event.connection, event.cause, std::move(event.payload));
  }
}

Result<Journal> read_recording(const std::string& path) {
  Result<RecordingReader> reader = RecordingReader::open(path);
  if (!reader) return reader.error();
  return read_all(*reader);
}

}  // namespace mailwalk::journal
