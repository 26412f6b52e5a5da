// Recordings of other versions.
#include <sqlite3.h>

#include <string>

#include "journal/event_codec.hpp"
#include "journal/recording_format.hpp"
#include "journal/recording_reader.hpp"
#include "journal/recording_writer.hpp"
#include "tests/journal/recorded.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

std::string hexadecimal(const std::string& octets) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const char c : octets) {
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

// As recording.md describes version 0.
void write_version_0(const Journal& journal, const std::string& path) {
  std::string sql = R"(BEGIN; CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  time_us INTEGER NOT NULL,
  node INTEGER NOT NULL,
  connection INTEGER NOT NULL,
  cause INTEGER,
  kind INTEGER NOT NULL,
  payload BLOB NOT NULL
);)";
  for (const Event& event : journal) {
    sql += "INSERT INTO events VALUES (" + std::to_string(event.position.value()) + "," +
           std::to_string(event.time.us) + "," + std::to_string(event.node.value()) + "," +
           std::to_string(event.connection.value()) + "," +
           (event.cause == kNoEvent ? "NULL" : std::to_string(event.cause.value())) + "," +
           std::to_string(payload_kind(event.payload)) + ",x'" +
           hexadecimal(encode_payload(event.payload)) + "');";
  }
  sql += "COMMIT; PRAGMA application_id = " + std::to_string(kApplicationId);
  run_sql(path, sql);
}

std::string migration_refusal(const std::string& path) {
  const Result<Journal> read = read_recording(path);
  REQUIRE_FALSE(read.ok());
  return read.error().text();
}

}  // namespace

TEST_CASE("A recording of an older version is read, and stays as it is",
          "[journal][recording][migration]") {
  const TemporaryFolder folder;
  const Journal journal = journal_of_lesson("keep-mode");
  write_version_0(journal, folder / "old");
  const std::string before = read_octets(folder / "old");
  const Result<Journal> read = read_recording(folder / "old");
  if (!read) FAIL(read.error().text());
  CHECK(same_events(journal, *read));
  CHECK(read_octets(folder / "old") == before);
}

TEST_CASE("A damaged recording of an older version is refused with the event",
          "[journal][recording][migration][hostile]") {
  const TemporaryFolder folder;
  const Journal journal = journal_of_lesson("whole-journey");
  struct Case {
    const char* damage;
    const char* complaint;
  };
  const Case cases[] = {
      {"UPDATE events SET payload = x'00' WHERE position = 7", "event 7: "},
      {"UPDATE events SET kind = 300 WHERE position = 8", "event 8: "},
      {"UPDATE events SET node = 99999999999 WHERE position = 9", "event 9: "},
      {"UPDATE events SET cause = 10 WHERE position = 10", "event 10: its cause"},
      {"UPDATE events SET time_us = -1 WHERE position = 11", "event 11: its time"},
      {"DELETE FROM events WHERE position = 12", "event 12: "},
      {"CREATE TRIGGER evil AFTER INSERT ON events BEGIN DELETE FROM events; END", "\"evil\""},
      {"CREATE VIEW kinds AS SELECT 1", "\"kinds\""},
      {"ALTER TABLE events ADD COLUMN more AS (zeroblob(100000000))", "\"events\""},
  };
  for (const Case& c : cases) {
    INFO(c.damage);
    const std::string path = folder / std::to_string(&c - cases);
    write_version_0(journal, path);
    run_sql(path, c.damage);
    CHECK_THAT(migration_refusal(path), ContainsSubstring(c.complaint));
  }
}

TEST_CASE("A recording of a newer version is refused with what to do",
          "[journal][recording][migration]") {
  const TemporaryFolder folder;
  Journal journal = journal_of_lesson("whole-journey");
  record(journal, folder / "new");
  run_sql(folder / "new", "PRAGMA user_version = 2");
  CHECK_THAT(migration_refusal(folder / "new"),
             ContainsSubstring("was made by a newer Mailwalk: its format is 2, and this one reads "
                               "formats up to 1; open it with a newer Mailwalk"));
  run_sql(folder / "new", "PRAGMA user_version = -5");
  CHECK_THAT(migration_refusal(folder / "new"), ContainsSubstring("there is no format -5"));
}
