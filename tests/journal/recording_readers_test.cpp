// Who reads a recording while it is written keeps neither the writer waiting nor anybody else who
// reads; and what waits for them to go is as safe as the rest.
#include "journal/recording_reader.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "tests/journal/promising.hpp"
#include "tests/journal/recorded.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

// In the middle of the file, and goes on to read.
RecordingReader begun_reading(const std::string& path) {
  auto reader = RecordingReader::open(path);
  REQUIRE(reader.ok());
  REQUIRE(reader->next().ok());
  return std::move(*reader);
}

// 45 mails of 1 MB: more than the file takes at once.
Journal mails_of_megabytes() {
  Journal journal;
  for (int i = 0; i < 45; ++i) {
    journal.append({}, {}, {}, kNoEvent,
                   ContentSent{Bytes(std::string(1'000'000, 'x') + std::to_string(i))});
  }
  return journal;
}

}  // namespace

TEST_CASE(
    "Who reads for long keeps nobody from promising or reading, and the file has it all later",
    "[journal][recording][readers]") {
  Promising run(journal_of_lesson("keep-mode"));
  const std::uint64_t events = run.whole().size();
  const int committed = static_cast<int>(events / 4);
  run.commit_up_to(events / 4);
  {
    RecordingReader reader = begun_reading(run.path());
    for (const std::uint64_t more : {events / 3, events / 2}) {
      run.commit_up_to(more);
      CHECK(run.writer().is_behind());
      run.promise_up_to(more + 10);
      // Others who have no patience at all, and those who read what was promised too.
      CHECK(run.committed_events() == committed);
      CHECK(same_events(read_recording(run.path()).value(), run.journal()));
    }
    int read = 1;
    for (auto event = reader.next(); event && *event; event = reader.next()) ++read;
    CHECK(read == committed);
    run.commit_up_to(events - 1);
  }
  // Whoever read it is gone.
  run.commit_up_to(events);
  CHECK_FALSE(run.writer().is_behind());
  CHECK_FALSE(std::filesystem::exists(run.promises()));
  CHECK(same_events(read_recording(run.path()).value(), run.whole()));
  // It is the file that would have come without them.
  Promising undisturbed(journal_of_lesson("keep-mode"));
  undisturbed.commit_up_to(events);
  for (const char* sql : {"SELECT count(*), sum(core), sum(length(octets)) FROM contents",
                          "SELECT sum(content) FROM events"}) {
    CHECK(query_sql(run.path(), sql) == query_sql(undisturbed.path(), sql));
  }
}

TEST_CASE("Who has opened a recording reads it as it was then, though it grows",
          "[journal][recording][readers]") {
  Promising run(mails_of_megabytes());
  run.commit_up_to(5);
  auto reader = RecordingReader::open(run.path());
  REQUIRE(reader.ok());
  run.commit_up_to(45);
  const Result<Journal> read = read_all(*reader);
  if (!read) FAIL(read.error().text());
  CHECK(read->size() == 5);
  // It has let the file go.
  run.commit_up_to(45);
  CHECK(run.committed_events() > 5);
}

TEST_CASE("What waited for long comes into the file piece by piece",
          "[journal][recording][readers]") {
  Promising run(mails_of_megabytes());
  run.commit_up_to(5);
  {
    const RecordingReader reader = begun_reading(run.path());
    run.commit_up_to(45);
    CHECK(run.committed_events() == 5);
  }
  run.commit_up_to(45);
  CHECK(run.writer().is_behind());
  CHECK(run.committed_events() > 20);
  CHECK(run.committed_events() < 45);
  // A kill at this moment leaves it all.
  lay(run.left(), run.elsewhere());
  CHECK(same_events(read_recording(run.elsewhere()).value(), run.whole()));
  run.commit_up_to(45);
  CHECK_FALSE(run.writer().is_behind());
  CHECK(run.committed_events() == 45);
  CHECK_FALSE(std::filesystem::exists(run.promises()));
  CHECK(same_events(read_recording(run.path()).value(), run.whole()));
}

TEST_CASE("Who goes on with a recording that somebody reads changes nothing before it has all",
          "[journal][recording][readers]") {
  Promising run(random_journal(21, 200));
  run.commit_up_to(100);
  run.promise_up_to(200);
  lay(run.left(), run.elsewhere());
  std::optional<RecordingReader> reader = begun_reading(run.elsewhere());
  const Journal past = read_recording(run.elsewhere()).value();
  auto writer = RecordingWriter::reserve(run.elsewhere());
  REQUIRE(writer.ok());
  SECTION("and who reads goes") {
    reader.reset();
    REQUIRE((*writer)->go_on(past).ok());
    CHECK_FALSE(std::filesystem::exists(run.elsewhere() + "-promised"));
  }
  SECTION("and who reads stays") {
    const Done goes_on = (*writer)->go_on(past);
    REQUIRE_FALSE(goes_on.ok());
    CHECK_THAT(goes_on.error().text(), ContainsSubstring("is being read by another program"));
    CHECK(std::filesystem::exists(run.elsewhere() + "-promised"));
  }
  reader.reset();
  const Result<Journal> read = read_recording(run.elsewhere());
  if (!read) FAIL(read.error().text());
  CHECK(same_events(*read, run.whole()));
}
