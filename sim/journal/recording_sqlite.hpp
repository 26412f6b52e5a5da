// SQLite as recordings use it: a connection and its statements, which close by themselves.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "base/virtual_time.hpp"

namespace mailwalk::journal {

// What an error says of a file for which there is no room any more.
inline constexpr std::string_view kDiskIsFull = "the disk is full";

// Another program that reads or writes the same file is usually done sooner than that.
inline constexpr Duration kUsualPatience = seconds(10);
inline constexpr Duration kNoPatience{};

// Lets time pass, in which other programs do what they do with a file.
void let_others_go_on(Duration duration);

// More than any mail and any scenario; a row that claims to be longer is refused unread.
inline constexpr int kMostRowOctets = 128'000'000;

// A prepared statement. Columns count from 0, parameters from 1, as in SQLite.
class Statement {
 public:
  enum class Step : std::uint8_t { Row, Done, Failed };

  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  void bind(int parameter, std::int64_t number);
  void bind_null(int parameter);
  // Not copied: must stay as they are until the statement is reset.
  void bind_octets(int parameter, std::string_view octets);
  void bind_text(int parameter, std::string_view utf8);

  Step step();
  void reset() { sqlite3_reset(statement_.get()); }

  // nullopt if the column holds something else, or NULL.
  [[nodiscard]] std::optional<std::int64_t> number(int column) const;
  // nullopt too if it is no such id: negative, or too large.
  template <class Id>
  [[nodiscard]] std::optional<Id> id(int column) const {
    using Number = typename Id::Representation;
    const auto found = number(column);
    if (!found || *found < 0) return std::nullopt;
    const auto unsigned_number = static_cast<std::uint64_t>(*found);
    if (unsigned_number > std::numeric_limits<Number>::max()) return std::nullopt;
    return Id(static_cast<Number>(*found));
  }
  // Octets or text, good until the next step; nullopt if the column holds something else.
  [[nodiscard]] std::optional<std::string_view> octets(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

enum class Access : std::uint8_t {
  Read,
  Recover,  // to be read, after SQLite has put in order what was left in the middle of writing
  Write,    // an empty file, to be written
};

// A connection that trusts nothing in its file: no trigger, view or extension of somebody else's
// ever runs, and lengths are limited.
class Database {
 public:
  // The file, and never one of the names that mean something to SQLite (":memory:", "file:…").
  static Result<Database> open(const std::string& path, Access access);
  // Over octets that stay where they are while this lives; read only. `name` is for messages.
  static Result<Database> over(std::string_view octets, const std::string& name);
  // A copy in memory, to be changed.
  static Result<Database> copy_of(Database& other);

  // Whether there is another file under that name by now, or none.
  [[nodiscard]] bool was_moved() const;

  // What messages call it.
  [[nodiscard]] const std::string& name() const { return name_; }
  void set_name(std::string name) { name_ = std::move(name); }

  // How long a statement waits for other programs that read or write the same file; kUsualPatience
  // at first.
  void set_patience(Duration patience);

  // One or several statements that bring no rows.
  Done run(const char* sql);
  Result<Statement> prepare(const char* sql);
  // The first column of the first row of a query that has one, such as a PRAGMA.
  Result<std::int64_t> number(const char* sql);

  // "NAME: cannot be read: why", or "written", from what failed last.
  [[nodiscard]] Error error() const { return error(failure_); }
  [[nodiscard]] Error error(const std::string& what) const;
  // SQLite's extended result code of what failed last.
  [[nodiscard]] int code() const { return sqlite3_extended_errcode(connection_.get()); }
  // It failed because another program reads or writes the file.
  [[nodiscard]] bool is_busy() const { return (code() & 0xFF) == SQLITE_BUSY; }

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };

  Database(sqlite3* connection, std::string name)
      : connection_(connection), name_(std::move(name)) {}
  static Result<Database> open_as(const std::string& path, int flags, const std::string& name);
  Done harden();

  std::unique_ptr<sqlite3, Close> connection_;
  std::string name_;
  const char* failure_ = "cannot be read";
};

}  // namespace mailwalk::journal
