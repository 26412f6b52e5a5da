#include "tests/journal/recorded.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/prng.hpp"
#include "journal/event_codec.hpp"
#include "journal/recording_writer.hpp"
#include "tests/support/random_payload.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shipped_lesson.hpp"
#include "world/world.hpp"

namespace mailwalk::test {

using namespace journal;

Journal journal_of_lesson(const std::string& name) {
  world::World world(shipped_lesson(name));
  world.run();
  return std::move(world.journal());
}

Journal random_journal(std::uint64_t seed, int events) {
  Prng prng(seed);
  Journal journal;
  std::int64_t time_us = 0;
  for (int i = 0; i < events; ++i) {
    time_us += static_cast<std::int64_t>(prng.below(1'000));
    const bool has_cause = i > 0 && prng.below(4) != 0;
    const EventPosition cause =
        has_cause ? EventPosition(prng.below(static_cast<std::uint64_t>(i))) : kNoEvent;
    Payload payload = random_payload(prng.below(kPayloadKinds), prng, Range::Full);
    // Its calendar would be one that no clock can reckon with.
    if (auto* run = std::get_if<RunStarted>(&payload)) run->calendar = {1'000, 420};
    journal.append({time_us}, NodeId(static_cast<std::uint32_t>(prng.below(5))),
                   ConnectionId(static_cast<std::uint32_t>(prng.below(9))), cause,
                   std::move(payload));
  }
  return journal;
}

void record(Journal& journal, const std::string& path) {
  auto writer = RecordingWriter::create(path, Existing::Refuse);
  if (!writer) FAIL(writer.error().text());
  (*writer)->follow(journal);
  const Done finished = (*writer)->finish();
  if (!finished) FAIL(finished.error().text());
}

bool same_events(const Journal& a, const Journal& b) {
  if (a.size() != b.size()) return false;
  for (std::uint64_t i = 0; i < a.size(); ++i) {
    const Event& x = a[EventPosition{i}];
    const Event& y = b[EventPosition{i}];
    const bool same = x.position == y.position && x.time == y.time && x.node == y.node &&
                      x.connection == y.connection && x.cause == y.cause &&
                      x.payload.index() == y.payload.index() &&
                      encode_payload(x.payload) == encode_payload(y.payload);
    if (!same) return false;
  }
  return true;
}

namespace {

int append_row(void* rows, int columns, char** values, char** /*names*/) {
  auto& text = *static_cast<std::string*>(rows);
  for (int i = 0; i < columns; ++i) {
    if (i > 0) text += '|';
    text += values[i] == nullptr ? "NULL" : values[i];
  }
  text += '\n';
  return 0;
}

}  // namespace

std::string query_sql(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  std::string rows;
  const int code = sqlite3_exec(database, sql.c_str(), append_row, &rows, nullptr);
  INFO(sql << ": " << sqlite3_errmsg(database));
  CHECK(code == SQLITE_OK);
  sqlite3_close(database);
  return rows;
}

void run_sql(const std::string& path, const std::string& sql) {
  query_sql(path, sql);
}

void leave_in_transaction(const std::string& path, const std::string& left) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  REQUIRE(
      sqlite3_exec(database,
                   "PRAGMA cache_size = 2; BEGIN; UPDATE events SET time_us = 0, text = text || "
                   "'xxxxxxxxxxxxxxxxxxxxxxxxxxxx'",
                   nullptr, nullptr, nullptr) == SQLITE_OK);
  std::filesystem::copy_file(path, left);
  std::filesystem::copy_file(path + "-journal", left + "-journal");
  sqlite3_close(database);
}

std::string read_octets(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_octets(const std::string& path, const std::string& octets) {
  std::ofstream file(path, std::ios::binary);
  file << octets;
  REQUIRE(file.good());
}

}  // namespace mailwalk::test
