#include "journal/recording_sqlite.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace mailwalk::journal {
namespace {

// Extended result codes, and no locks within: a connection is used by one thread at a time.
constexpr int kOpenFlags = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;

struct Limit {
  int id;
  int value;
};
// What our own statements need, with some room. https://www.sqlite.org/security.html
constexpr std::array kLimits{
    Limit{SQLITE_LIMIT_LENGTH, kMostRowOctets},
    Limit{SQLITE_LIMIT_SQL_LENGTH, 100'000},
    Limit{SQLITE_LIMIT_COLUMN, 100},
    Limit{SQLITE_LIMIT_EXPR_DEPTH, 100},
    Limit{SQLITE_LIMIT_COMPOUND_SELECT, 10},
    Limit{SQLITE_LIMIT_VDBE_OP, 25'000},
    Limit{SQLITE_LIMIT_FUNCTION_ARG, 8},
    Limit{SQLITE_LIMIT_ATTACHED, 0},
    Limit{SQLITE_LIMIT_VARIABLE_NUMBER, 20},
    Limit{SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    Limit{SQLITE_LIMIT_WORKER_THREADS, 0},
};

struct Switch {
  int id;
  int value;
};
constexpr std::array kSwitches{
    Switch{SQLITE_DBCONFIG_DEFENSIVE, 1},
    Switch{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    Switch{SQLITE_DBCONFIG_DQS_DDL, 0},
    Switch{SQLITE_DBCONFIG_DQS_DML, 0},
};

}  // namespace

void let_others_go_on(Duration duration) {
  sqlite3_sleep(static_cast<int>(duration.us / milliseconds(1).us));
}

// ---- Statement -------------------------------------------------------------------------------

void Statement::bind(int parameter, std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), parameter, number);
}
void Statement::bind_null(int parameter) {
  sqlite3_bind_null(statement_.get(), parameter);
}
void Statement::bind_octets(int parameter, std::string_view octets) {
  // No octets are not NULL.
  sqlite3_bind_blob64(statement_.get(), parameter, octets.empty() ? "" : octets.data(),
                      octets.size(), SQLITE_STATIC);
}
void Statement::bind_text(int parameter, std::string_view utf8) {
  sqlite3_bind_text64(statement_.get(), parameter, utf8.empty() ? "" : utf8.data(), utf8.size(),
                      SQLITE_STATIC, SQLITE_UTF8);
}

Statement::Step Statement::step() {
  switch (sqlite3_step(statement_.get())) {
    case SQLITE_ROW: return Step::Row;
    case SQLITE_DONE: return Step::Done;
    default: return Step::Failed;
  }
}

std::optional<std::int64_t> Statement::number(int column) const {
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_INTEGER) return std::nullopt;
  return sqlite3_column_int64(statement_.get(), column);
}

std::optional<std::string_view> Statement::octets(int column) const {
  const int type = sqlite3_column_type(statement_.get(), column);
  if (type != SQLITE_BLOB && type != SQLITE_TEXT) return std::nullopt;
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  if (data == nullptr) return size == 0 ? std::optional(std::string_view()) : std::nullopt;
  return std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

// ---- Database --------------------------------------------------------------------------------

Result<Database> Database::open_as(const std::string& path, int flags, const std::string& name) {
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &connection, flags, nullptr);
  Database database(connection, name);
  if (code != SQLITE_OK) return database.error("cannot be opened");
  const Done hardened = database.harden();
  if (!hardened) return hardened.error();
  return database;
}

Result<Database> Database::open(const std::string& path, Access access) {
  std::error_code problem;
  const std::filesystem::path whole = std::filesystem::absolute(path, problem);
  if (problem) return Error{"cannot be opened: " + problem.message(), {}, path};
  const int flags = access == Access::Read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  Result<Database> database = open_as(whole.string(), flags | kOpenFlags, path);
  if (database && access == Access::Write) database->failure_ = "cannot be written";
  return database;
}

Result<Database> Database::over(std::string_view octets, const std::string& name) {
  Result<Database> database =
      open_as(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | kOpenFlags, name);
  if (!database) return database;
  // With this flag SQLite only reads them; its signature knows no const.
  auto* data = const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(octets.data()));
  const auto size = static_cast<sqlite3_int64>(octets.size());
  const int code = sqlite3_deserialize(database->connection_.get(), "main", data, size, size,
                                       SQLITE_DESERIALIZE_READONLY);
  if (code != SQLITE_OK) return database->error("cannot be opened");
  return database;
}

Result<Database> Database::copy_of(Database& other) {
  Result<Database> copy =
      open_as(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | kOpenFlags, other.name());
  if (!copy) return copy;
  sqlite3* to = copy->connection_.get();
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", other.connection_.get(), "main");
  if (backup == nullptr) return copy->error();
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) != SQLITE_OK) return copy->error();
  return copy;
}

Done Database::harden() {
  sqlite3* connection = connection_.get();
  for (const Limit& limit : kLimits) sqlite3_limit(connection, limit.id, limit.value);
  for (const Switch& setting : kSwitches) {
    sqlite3_db_config(connection, setting.id, setting.value, nullptr);
  }
  set_patience(kUsualPatience);
  // A page is checked before its cells are used, and no page is mapped that another program might
  // cut off meanwhile.
  return run("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
}

void Database::set_patience(Duration patience) {
  sqlite3_busy_timeout(connection_.get(), static_cast<int>(patience.us / milliseconds(1).us));
}

Done Database::run(const char* sql) {
  if (sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return error();
  }
  return done();
}

Result<Statement> Database::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  if (code != SQLITE_OK) return error();
  return Statement(statement);
}

Result<std::int64_t> Database::number(const char* sql) {
  Result<Statement> query = prepare(sql);
  if (!query) return query.error();
  if (query->step() != Statement::Step::Row) return error();
  return query->number(0).value_or(0);
}

bool Database::was_moved() const {
  int moved = 0;
  sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

Error Database::error(const std::string& what) const {
  Error error;
  error.file = name_;
  sqlite3* connection = connection_.get();
  if (connection == nullptr) {
    error.what = what + ": not enough memory";
    return error;
  }
  // What the system said about a file is more to the point than "unable to open database file".
  const int primary = sqlite3_extended_errcode(connection) & 0xFF;
  const int system = sqlite3_system_errno(connection);
  if (primary == SQLITE_FULL) {
    error.what = fmt::format("{}: {}", what, kDiskIsFull);
  } else if (primary == SQLITE_CANTOPEN && system != 0) {
    error.what = fmt::format("{}: {}", what, std::generic_category().message(system));
  } else {
    error.what = fmt::format("{}: {}", what, sqlite3_errmsg(connection));
  }
  return error;
}

}  // namespace mailwalk::journal
