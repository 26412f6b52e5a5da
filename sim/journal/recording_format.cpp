#include "journal/recording_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "journal/payloads.hpp"

namespace mailwalk::journal {
namespace {

struct SchemaPart {
  std::string_view name;
  const char* sql;  // exactly as SQLite keeps it
};

// What came before the first release: one table, and each payload whole.
constexpr std::array kSchema0{
    SchemaPart{"events", R"(CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  time_us INTEGER NOT NULL,
  node INTEGER NOT NULL,
  connection INTEGER NOT NULL,
  cause INTEGER,
  kind INTEGER NOT NULL,
  payload BLOB NOT NULL
))"},
};

constexpr std::array kSchema1{
    SchemaPart{"kinds", R"(CREATE TABLE kinds (
  kind INTEGER PRIMARY KEY,
  name TEXT NOT NULL
))"},
    SchemaPart{"contents", R"(CREATE TABLE contents (
  content INTEGER PRIMARY KEY,
  octets BLOB NOT NULL,
  core INTEGER REFERENCES contents,
  core_at INTEGER
))"},
    SchemaPart{"events", R"(CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  time_us INTEGER NOT NULL,
  node INTEGER NOT NULL,
  connection INTEGER NOT NULL,
  cause INTEGER,
  kind INTEGER NOT NULL REFERENCES kinds,
  fields BLOB NOT NULL,
  content INTEGER REFERENCES contents,
  fingerprint INTEGER NOT NULL,
  text TEXT
))"},
    SchemaPart{"machines", R"(CREATE VIEW machines AS
SELECT node, substr(text, 1, instr(text || ';', ';') - 1) AS name, text AS names
FROM events JOIN kinds USING (kind) WHERE kinds.name = 'MachineAdded' AND connection = 0)"},
    SchemaPart{"texts", R"(CREATE VIEW texts AS
SELECT contents.content, CAST(CASE WHEN contents.core IS NULL THEN contents.octets ELSE
  substr(contents.octets, 1, contents.core_at) || cores.octets ||
  substr(contents.octets, contents.core_at + 1) END AS TEXT) AS whole
FROM contents LEFT JOIN contents AS cores ON contents.core = cores.content)"},
    SchemaPart{"story", R"(CREATE VIEW story AS
SELECT position, time_us / 1e6 AS seconds, machines.name AS machine, connection, cause,
  kinds.name AS kind, text
FROM events JOIN kinds USING (kind) LEFT JOIN machines USING (node))"},
    SchemaPart{"lines", R"(CREATE VIEW lines AS
SELECT position, time_us / 1e6 AS seconds, connection, machines.name AS machine,
  CASE WHEN kinds.name LIKE 'Reply%' THEN 'S' ELSE 'C' END AS who,
  CASE WHEN kinds.name LIKE '%Sent' THEN 'sent' ELSE 'received' END AS what, text
FROM events JOIN kinds USING (kind) LEFT JOIN machines USING (node)
WHERE kinds.name IN ('CommandSent', 'CommandReceived', 'ReplySent', 'ReplyReceived'))"},
    SchemaPart{"mails", R"(CREATE VIEW mails AS
SELECT position, time_us / 1e6 AS seconds, machines.name AS machine, kinds.name AS kind, text,
  whole AS mail
FROM events JOIN kinds USING (kind) LEFT JOIN machines USING (node) JOIN texts USING (content)
WHERE kinds.name NOT IN ('RunStarted', 'BytesSent', 'DatagramSent'))"},
};

// Recordings had it for a while, and those may keep it: it made each event a third dearer to
// record.
constexpr SchemaPart kFormerIndex{"events_of_connection",
                                  R"(CREATE INDEX events_of_connection ON events (connection))"};

std::span<const SchemaPart> schema_of(std::int64_t version) {
  if (version == 0) return kSchema0;
  return kSchema1;
}
static_assert(kFormatVersion == 1);

template <std::size_t... Kinds>
Done name_all_kinds(Database& database, std::index_sequence<Kinds...>) {
  // Those that an older version knew are named already.
  std::string sql = "INSERT OR IGNORE INTO kinds VALUES ";
  ((sql += fmt::format("{}({}, '{}')", Kinds == 0 ? "" : ", ", Kinds,
                       payload_name(std::variant_alternative_t<Kinds, PayloadVariant>{}))),
   ...);
  return database.run(sql.c_str());
}

Error schema_error(const Database& database, std::string what) {
  Error error;
  error.what = std::move(what);
  error.remedy = "it was changed by another program";
  error.file = database.name();
  return error;
}

// Statistics that SQLite's ANALYZE leaves change no result.
bool is_harmless(std::string_view name, std::string_view sql) {
  return name.starts_with("sqlite_stat") || (name == kFormerIndex.name && sql == kFormerIndex.sql);
}

std::string printable_name(std::string_view name) {
  std::string text(name.substr(0, 60));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

}  // namespace

Done create_schema(Database& database) {
  for (const SchemaPart& part : kSchema1) {
    const Done made = database.run(part.sql);
    if (!made) return made;
  }
  const Done named = name_kinds(database);
  if (!named) return named;
  return database.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                  kApplicationId, kFormatVersion)
                          .c_str());
}

Done name_kinds(Database& database) {
  return name_all_kinds(database, std::make_index_sequence<std::variant_size_v<PayloadVariant>>{});
}

// https://www.sqlite.org/fileformat2.html#the_database_header: a string that all such files have,
// and at 68 the application's id, greatest octet first.
bool is_header_of_recording(std::string_view header) {
  using namespace std::string_view_literals;
  return header.starts_with("SQLite format 3\0"sv) && header.substr(68, 4) == "MaWk"sv;
}
static_assert(kApplicationId == ('M' << 24 | 'a' << 16 | 'W' << 8 | 'k'));

Result<std::int64_t> read_version(Database& database) {
  const Result<std::int64_t> application = database.number("PRAGMA application_id");
  if (!application) return application;
  if (*application != kApplicationId) {
    return Error{"is no recording of Mailwalk", "`mailwalk run … --record FILE` makes one",
                 database.name()};
  }
  Result<std::int64_t> version = database.number("PRAGMA user_version");
  if (!version) return version;
  if (*version > kFormatVersion) {
    return Error{fmt::format("was made by a newer Mailwalk: its format is {}, and this one reads "
                             "formats up to {}",
                             *version, kFormatVersion),
                 "open it with a newer Mailwalk", database.name()};
  }
  if (*version < 0) {
    return Error{fmt::format("there is no format {}", *version), {}, database.name()};
  }
  return version;
}

Done check_schema(Database& database, std::int64_t version) {
  Result<Statement> rows = database.prepare("SELECT name, sql FROM sqlite_schema");
  if (!rows) return rows.error();
  const std::span<const SchemaPart> parts = schema_of(version);
  std::size_t found = 0;
  for (;;) {
    const Statement::Step step = rows->step();
    if (step == Statement::Step::Failed) return database.error();
    if (step == Statement::Step::Done) break;
    const std::string_view name = rows->octets(0).value_or("");
    const auto part = std::find_if(parts.begin(), parts.end(),
                                   [&](const SchemaPart& p) { return p.name == name; });
    if (part == parts.end()) {
      if (is_harmless(name, rows->octets(1).value_or(""))) continue;
      return schema_error(
          database, fmt::format("holds \"{}\", which no recording has", printable_name(name)));
    }
    if (rows->octets(1) != part->sql) {
      return schema_error(database, fmt::format("its \"{}\" is not as it should be", name));
    }
    ++found;
  }
  if (found != parts.size()) return schema_error(database, "lacks tables or views");
  return done();
}

}  // namespace mailwalk::journal
