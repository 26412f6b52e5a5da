// Recordings that were cut, garbled, or made by somebody who means harm: each is refused, with the
// place, or is read as what it says; nothing crashes, hangs or eats the memory.
#include <algorithm>
#include <filesystem>
#include <string>

#include "base/prng.hpp"
#include "journal/recording_format.hpp"
#include "journal/recording_reader.hpp"
#include "tests/journal/recorded.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

std::string recording_of(Journal& journal, const std::string& path) {
  record(journal, path);
  return read_octets(path);
}

Result<Journal> read_octets_as_recording(const std::string& octets) {
  Result<RecordingReader> reader = RecordingReader::open_octets(octets, "spoilt.mailwalk");
  if (!reader) return reader.error();
  return read_all(*reader);
}

std::string reading_refusal(const std::string& path) {
  const Result<Journal> read = read_recording(path);
  if (read) return "read as if nothing were wrong";
  CHECK(read.error().file == path);
  return read.error().text();
}

}  // namespace

TEST_CASE("A recording that was cut anywhere is refused", "[journal][recording][hostile]") {
  const TemporaryFolder folder;
  Journal journal = journal_of_lesson("whole-journey");
  const std::string whole = recording_of(journal, folder / "run");
  REQUIRE(read_octets_as_recording(whole).ok());
  for (std::size_t size = 0; size < whole.size(); size += 211) {
    INFO(size);
    const Result<Journal> read = read_octets_as_recording(whole.substr(0, size));
    REQUIRE_FALSE(read.ok());
    REQUIRE(read.error().file == "spoilt.mailwalk");
    REQUIRE_FALSE(read.error().what.empty());
  }
  // As a file, too.
  for (const std::size_t size : {1UL, 99UL, 4'096UL, 20'000UL, whole.size() - 1}) {
    INFO(size);
    write_octets(folder / "cut", whole.substr(0, size));
    CHECK(reading_refusal(folder / "cut") != "");
    CHECK_FALSE(read_recording(folder / "cut").ok());
  }
}

TEST_CASE("Garbled octets are refused, or change nothing that is read",
          "[journal][recording][hostile]") {
  const TemporaryFolder folder;
  Prng prng(6);
  std::size_t refused_at_event = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    Journal journal = random_journal(seed, 200);
    const std::string whole = recording_of(journal, folder / std::to_string(seed));
    for (int i = 0; i < 400; ++i) {
      std::string garbled = whole;
      for (std::uint64_t n = 1 + prng.below(i % 4 == 0 ? 400 : 4); n > 0; --n) {
        garbled[prng.below(garbled.size())] = static_cast<char>(prng.below(256));
      }
      const Result<Journal> read = read_octets_as_recording(garbled);
      // The index, the texts for people and unused places may be garbled without harm.
      if (read) {
        REQUIRE(same_events(*read, journal));
      } else if (read.error().what.starts_with("event ")) {
        ++refused_at_event;
      }
    }
  }
  CHECK(refused_at_event > 300);
}

TEST_CASE("Whatever is changed in a row is refused at that event",
          "[journal][recording][hostile]") {
  const TemporaryFolder folder;
  Journal journal = journal_of_lesson("whole-journey");
  record(journal, folder / "run");
  struct Case {
    const char* damage;
    const char* complaint;
  };
  const Case cases[] = {
      {"DELETE FROM events WHERE position = 7", "event 7: is missing"},
      {"DELETE FROM events WHERE position = 0", "event 0: is missing"},
      {"INSERT INTO events SELECT -1, 0, 0, 0, NULL, kind, fields, content, 0, NULL FROM events "
       "WHERE position = 0",
       "event 0: is missing"},
      {"UPDATE events SET time_us = time_us + 1 WHERE position = 20", "event 20: "},
      {"UPDATE events SET time_us = -1 WHERE position = 0", "event 0: its time"},
      {"UPDATE events SET time_us = 0 WHERE position = 200", "event 200: its time"},
      {"UPDATE events SET time_us = 9223372036854775807 WHERE position = 200",
       "event 200: its time"},
      {"UPDATE events SET time_us = 'noon' WHERE position = 30", "event 30: its time"},
      {"UPDATE events SET node = 4294967296 WHERE position = 30", "event 30: its machine"},
      {"UPDATE events SET node = 1.5 WHERE position = 30", "event 30: its machine"},
      {"UPDATE events SET node = node + 1 WHERE position = 30", "event 30: it is not as"},
      {"UPDATE events SET connection = -1 WHERE position = 30", "event 30: its connection"},
      {"UPDATE events SET cause = 31 WHERE position = 31", "event 31: its cause"},
      {"UPDATE events SET cause = 999999 WHERE position = 31", "event 31: its cause"},
      {"UPDATE events SET cause = 'x' WHERE position = 31", "event 31: its cause"},
      {"UPDATE events SET kind = 255 WHERE position = 40", "event 40: this version knows no event"},
      {"UPDATE events SET kind = -1 WHERE position = 40", "event 40: this version knows no event"},
      {"UPDATE events SET kind = kind + 256 WHERE position = 40", "event 40: this version"},
      {"UPDATE events SET fields = x'' WHERE position = 1", "event 1: what it says"},
      {"UPDATE events SET fields = fields || x'00' WHERE position = 50", "event 50: what it says"},
      {"UPDATE events SET content = 1 WHERE position = 1", "event 1: what it says"},
      {"UPDATE events SET content = NULL WHERE position = 0", "event 0: what it says"},
      {"UPDATE events SET content = 0 WHERE position = 0", "event 0: its content is not there"},
      {"UPDATE events SET content = 2 WHERE position = 0", "event 0: its content is not there"},
      {"DELETE FROM contents WHERE content = 1", "event 0: its content is not there"},
      {"UPDATE contents SET octets = x'' WHERE content = 1", "event 0: its content"},
      {"UPDATE contents SET octets = octets || 'x' WHERE content = 1", "event 0: it is not as"},
      {"UPDATE contents SET octets = zeroblob(2000000) WHERE content = 1", "event 0: it is not as"},
      {"UPDATE contents SET core = 999999 WHERE core IS NOT NULL", "its content cannot be read"},
      {"UPDATE contents SET core = content WHERE core IS NOT NULL", "its content cannot be read"},
      {"UPDATE contents SET core = 'x' WHERE core IS NOT NULL", "its content cannot be read"},
      {"UPDATE contents SET core = -1 WHERE core IS NOT NULL", "its content cannot be read"},
      {"UPDATE contents SET core = 1 WHERE core IS NOT NULL", "it is not as it was recorded"},
      {"UPDATE contents SET core = NULL WHERE core IS NOT NULL", "it is not as it was recorded"},
      {"UPDATE contents SET core_at = -1 WHERE core IS NOT NULL", "its content cannot be read"},
      {"UPDATE contents SET core_at = NULL WHERE core IS NOT NULL", "its content cannot be read"},
      {"UPDATE contents SET core_at = 1e9 WHERE core IS NOT NULL", "its content cannot be read"},
      {"UPDATE contents SET core_at = length(octets) + 1 WHERE core IS NOT NULL",
       "its content cannot be read"},
      {"UPDATE contents SET core_at = core_at + 1 WHERE core IS NOT NULL", "it is not as"},
      {"UPDATE events SET fingerprint = 0 WHERE position = 60", "event 60: it is not as"},
      {"UPDATE events SET fingerprint = 'x' WHERE position = 60", "event 60: it is not as"},
  };
  for (const Case& c : cases) {
    INFO(c.damage);
    const std::string path = folder / ("spoilt" + std::to_string(&c - cases));
    std::filesystem::copy_file(folder / "run", path);
    run_sql(path, c.damage);
    CHECK_THAT(reading_refusal(path), ContainsSubstring(c.complaint));
  }
}

TEST_CASE("A small recording that means a large memory is refused",
          "[journal][recording][hostile]") {
  const TemporaryFolder folder;
  Journal journal;
  const std::string mail(200'000, 'x');
  for (int i = 0; i < 100; ++i) {
    const std::string end = i == 0 ? "" : std::to_string(i);
    journal.append({}, {}, {}, kNoEvent, ContentSent{Bytes(mail + end)});
  }
  record(journal, folder / "run");
  // Who writes one in earnest stays within the bound, and it is read.
  const Result<Journal> read = read_recording(folder / "run");
  REQUIRE(read.ok());
  CHECK(same_events(journal, *read));
  // The same contents, but all around the first one: 20 MB in 0.2 MB, and it could be any number.
  run_sql(folder / "run",
          "UPDATE contents SET octets = substr(octets, 200001), core = 1, core_at = 0 "
          "WHERE core IS NULL AND content > 1; VACUUM");
  CHECK(read_octets(folder / "run").size() < 250'000);
  CHECK_THAT(reading_refusal(folder / "run"), ContainsSubstring(": its content cannot be read"));
}

TEST_CASE("What somebody put into a recording beside the events is refused",
          "[journal][recording][hostile]") {
  const TemporaryFolder folder;
  Journal journal = journal_of_lesson("whole-journey");
  record(journal, folder / "run");
  struct Case {
    const char* change;
    const char* complaint;
  };
  const Case cases[] = {
      {"CREATE TRIGGER evil AFTER INSERT ON events BEGIN DELETE FROM events; END",
       "holds \"evil\", which no recording has"},
      {"CREATE VIEW evil AS SELECT 1", "holds \"evil\""},
      {"CREATE TABLE evil (x)", "holds \"evil\""},
      {"CREATE INDEX evil ON events (abs(time_us))", "holds \"evil\""},
      {"DROP VIEW lines", "lacks tables or views"},
      {"CREATE INDEX events_of_connection ON events (node)", "holds \"events_of_connection\""},
      {"DROP TABLE contents", "lacks tables or views"},
      {"ALTER TABLE events ADD COLUMN more", "its \"events\" is not as it should be"},
      // A view in place of the table would compute rows without end.
      {"ALTER TABLE events RENAME TO other; CREATE VIEW events AS WITH RECURSIVE r(n) AS (SELECT 0 "
       "UNION ALL SELECT n + 1 FROM r) SELECT n AS position FROM r",
       "holds \"other\""},
      {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'time_us INTEGER "
       "NOT NULL', 'time_us INTEGER AS (1)') WHERE name = 'events'",
       "not as it should be"},
      {"PRAGMA application_id = 1", "is no recording of Mailwalk"},
  };
  for (const Case& c : cases) {
    INFO(c.change);
    const std::string path = folder / ("spoilt" + std::to_string(&c - cases));
    std::filesystem::copy_file(folder / "run", path);
    run_sql(path, c.change);
    CHECK_THAT(reading_refusal(path), ContainsSubstring(c.complaint));
  }
  run_sql(folder / "run", "ANALYZE");
  CHECK(read_recording(folder / "run").ok());
  // As earlier recordings have it.
  run_sql(folder / "run", "CREATE INDEX events_of_connection ON events (connection)");
  CHECK(read_recording(folder / "run").ok());
}

TEST_CASE("What is no recording is refused in so many words", "[journal][recording][hostile]") {
  const TemporaryFolder folder;
  CHECK_THAT(reading_refusal(folder / "nothing"), ContainsSubstring("there is no such file"));
  CHECK_THAT(reading_refusal(folder.path().string()), ContainsSubstring("is a folder"));
  write_octets(folder / "empty", "");
  CHECK_THAT(reading_refusal(folder / "empty"), ContainsSubstring("is empty"));
  CHECK_THAT(reading_refusal("/dev/null"), ContainsSubstring("is empty"));
  write_octets(folder / "text", std::string(10'000, 'x'));
  CHECK_THAT(reading_refusal(folder / "text"), ContainsSubstring("is no recording of Mailwalk"));
  run_sql(folder / "other", "CREATE TABLE songs (title)");
  CHECK_THAT(reading_refusal(folder / "other"), ContainsSubstring("is no recording of Mailwalk"));
}

TEST_CASE("Dates with which nobody can reckon are refused", "[journal][recording][hostile]") {
  const TemporaryFolder folder;
  for (const Calendar calendar : {Calendar{INT64_MAX, 0}, Calendar{INT64_MIN, 0},
                                  Calendar{0, INT32_MAX}, Calendar{0, INT32_MIN}}) {
    Journal journal;
    RunStarted run;
    run.calendar = calendar;
    journal.append({}, {}, {}, kNoEvent, std::move(run));
    const std::string path = folder / ("run" + std::to_string(calendar.start_unix_seconds) +
                                       std::to_string(calendar.utc_offset_minutes));
    record(journal, path);
    CHECK_THAT(reading_refusal(path), ContainsSubstring("event 0: its date cannot be right"));
  }
}
