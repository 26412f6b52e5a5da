// What was promised and is not in the recording yet lies beside it, is read with it, and is never
// believed more than it deserves.
#include "journal/recording_promise_log.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <utility>

#include "base/prng.hpp"
#include "journal/event_codec.hpp"
#include "journal/recording_batches.hpp"
#include "journal/recording_creation.hpp"
#include "journal/recording_reader.hpp"
#include "journal/recording_writer.hpp"
#include "tests/journal/promising.hpp"
#include "tests/journal/recorded.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/unprivileged.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace fs = std::filesystem;

namespace {

std::string refusal_at(const std::string& path) {
  const Result<Journal> read = read_recording(path);
  if (read) return "read as if nothing were wrong";
  CHECK(read.error().file == promises_path(path));
  return read.error().text();
}

constexpr const char* kWayOut = "move it away to read the recording without it";

}  // namespace

TEST_CASE("What is promised is read with the recording, and one file is left in the end",
          "[journal][recording][promises]") {
  Promising run(random_journal(3, 400));
  run.commit_up_to(100);
  CHECK_FALSE(fs::exists(run.promises()));
  for (const std::uint64_t events : {101U, 150U, 220U}) {
    run.promise_up_to(events);
    CHECK(same_events(read_recording(run.path()).value(), run.journal()));
    CHECK(run.committed_events() == 100);
  }
  run.commit_up_to(300);
  CHECK_FALSE(fs::exists(run.promises()));
  CHECK(run.committed_events() == 300);
  run.promise_up_to(400);
  CHECK(read_recording(run.path())->fingerprint() == run.whole().fingerprint());
  REQUIRE(run.writer().finish().ok());
  CHECK(same_events(read_recording(run.path()).value(), run.whole()));
  CHECK(std::distance(fs::directory_iterator(run.folder().path()), fs::directory_iterator()) == 1);
}

TEST_CASE("What a killed program leaves is read without being changed, also where nobody may write",
          "[journal][recording][promises]") {
  Promising run(random_journal(4, 300));
  run.commit_up_to(200);
  run.promise_up_to(250);
  run.promise_up_to(300);
  const Left left = run.left();
  const std::string folder = run.elsewhere();
  fs::create_directory(folder);
  const std::string path = folder + "/run";
  lay(left, path);
  fs::permissions(path, fs::perms::owner_read | fs::perms::others_read);
  fs::permissions(path + "-promised", fs::perms::owner_read | fs::perms::others_read);
  fs::permissions(run.folder().path(),
                  fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
  fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read |
                              fs::perms::others_exec);
  CHECK(said_unprivileged([&] {
          const Result<Journal> read = read_recording(path);
          return read.ok() ? read->fingerprint() : read.error().text();
        }) == run.whole().fingerprint());
  fs::permissions(folder, fs::perms::owner_all);
  CHECK(read_octets(path) == left.recording);
  CHECK(read_octets(path + "-promised") == left.promises);
  // By another name too.
  fs::create_symlink(path, run.folder() / "link");
  CHECK(read_recording(run.folder() / "link")->size() == 300);
  // What SQLite's own tools show is what was committed.
  CHECK(query_sql(path, "SELECT count(*) FROM events") == "200\n");
}

TEST_CASE("A program that is killed after a commit leaves promises that nobody needs any more",
          "[journal][recording][promises]") {
  Promising run(random_journal(5, 300));
  run.commit_up_to(100);
  run.promise_up_to(150);
  run.promise_up_to(200);
  const Left before = run.left();
  for (const std::uint64_t events : {200U, 300U}) {
    INFO(events);
    run.commit_up_to(events);
    lay({run.left().recording, before.promises}, run.elsewhere());
    CHECK(same_events(read_recording(run.elsewhere()).value(), run.journal()));
  }
}

TEST_CASE("Promises that end anywhere are read up to the last one that was finished",
          "[journal][recording][promises]") {
  Promising run(random_journal(6, 130));
  run.commit_up_to(100);
  run.promise_up_to(110);
  const std::size_t first_end = run.left().promises.find_last_not_of('\0') + 1;
  run.promise_up_to(130);
  const Left left = run.left();
  const std::size_t second_end = left.promises.find_last_not_of('\0') + 1;
  REQUIRE(second_end > first_end + 100);
  for (std::size_t end = 0; end <= second_end; end += test::kSanitized ? 37 : 5) {
    INFO(end);
    for (const char* rest : {"", "zeros"}) {
      std::string promises = left.promises.substr(0, end);
      if (*rest != '\0') promises.resize(left.promises.size());
      lay({left.recording, promises}, run.elsewhere());
      const Result<Journal> read = read_recording(run.elsewhere());
      if (!read) FAIL(read.error().text());
      // What looks like the end may be a zero that belongs to it.
      const std::uint64_t least = end < first_end ? 100 : 110;
      REQUIRE(read->size() >= least);
      REQUIRE(read->size() % 10 == 0);
      if (end + 8 < first_end) REQUIRE(read->size() == 100);
    }
  }
}

TEST_CASE("Promises that are damaged, foreign or in the way are told, with a way out",
          "[journal][recording][promises]") {
  Promising run(random_journal(7, 130));
  run.commit_up_to(100);
  run.promise_up_to(110);
  run.promise_up_to(130);
  const Left left = run.left();
  const std::string path = run.elsewhere();

  Left damaged = left;
  damaged.promises[100] = static_cast<char>(damaged.promises[100] ^ 1);
  lay(damaged, path);
  CHECK_THAT(refusal_at(path), ContainsSubstring("is damaged"));
  CHECK_THAT(refusal_at(path), ContainsSubstring(kWayOut));

  Promising foreign(random_journal(8, 130));
  for (const std::uint64_t committed : {50U, 100U, 120U}) {
    INFO(committed);
    foreign.commit_up_to(committed);
    foreign.promise_up_to(committed + 10);
    lay({left.recording, foreign.left().promises}, path);
    const char* const what = committed == 120 ? "begins after the end of the recording beside it"
                                              : "does not belong to the recording beside it";
    CHECK_THAT(refusal_at(path), ContainsSubstring(what));
    CHECK_THAT(refusal_at(path), ContainsSubstring(kWayOut));
  }
  for (const char* nothing_of_the_kind : {"", "a shopping list"}) {
    lay({left.recording, nothing_of_the_kind}, path);
    CHECK(read_recording(path)->size() == 100);
  }
  fs::remove(path + "-promised");
  CHECK(read_recording(path)->size() == 100);
  REQUIRE(mkfifo((path + "-promised").c_str(), 0600) == 0);
  CHECK_THAT(refusal_at(path), ContainsSubstring("stands in the way"));
}

TEST_CASE("Garbled promises are refused or change nothing", "[journal][recording][promises]") {
  Promising run(random_journal(9, 160));
  run.commit_up_to(100);
  for (const std::uint64_t events : {110U, 120U, 160U}) run.promise_up_to(events);
  const Left left = run.left();
  const std::size_t used = left.promises.find_last_not_of('\0') + 1;
  Prng prng(1);
  for (int i = 0; i < test::cases(400); ++i) {
    Left garbled = left;
    const std::size_t at = prng.below(used);
    garbled.promises[at] = static_cast<char>(prng.below(256));
    INFO(i << ": octet " << at);
    lay(garbled, run.elsewhere());
    const Result<Journal> read = read_recording(run.elsewhere());
    if (!read) continue;
    REQUIRE((read->size() == 120 || read->size() == 160));
    for (const Event& event : *read)
      REQUIRE(event.payload.index() == run.whole()[event.position].payload.index());
  }
}

TEST_CASE("A new recording does not take the place of promises that were left",
          "[journal][recording][promises]") {
  const TemporaryFolder folder;
  const std::string path = folder / "run";
  write_octets(path + "-promised", "of a recording that was moved");
  const auto refused = RecordingWriter::create(path, Existing::Refuse);
  REQUIRE_FALSE(refused.ok());
  CHECK_THAT(refused.error().text(), ContainsSubstring("is the end of a recording"));
  CHECK(fs::exists(path + "-promised"));
  CHECK_FALSE(RecordingWriter::create(path, Existing::Replace).ok());  // it is that of another
  CHECK(fs::exists(path + "-promised"));
  write_octets(path, "");
  CHECK(RecordingWriter::create(path, Existing::Replace).ok());
  CHECK_FALSE(fs::exists(path + "-promised"));
}

TEST_CASE("Promises that somebody moves or removes are no promises",
          "[journal][recording][promises]") {
  Promising run(random_journal(11, 30));
  run.promise_up_to(10);
  SECTION("removed") {
    fs::remove(run.promises());
  }
  SECTION("moved") {
    fs::rename(run.promises(), run.elsewhere());
  }
  run.add_up_to(20);
  const Done promised = run.writer().promise();
  REQUIRE_FALSE(promised.ok());
  CHECK_THAT(promised.error().text(),
             ContainsSubstring("somebody moved, removed or replaced it meanwhile"));
  CHECK_FALSE(run.writer().commit().ok());
}

TEST_CASE("Promises of which the recording has a part already are read from there on",
          "[journal][recording][promises]") {
  Promising run(random_journal(12, 150));
  run.commit_up_to(100);
  run.promise_up_to(150);
  const std::string promises = run.left().promises;
  SECTION("a part of them") {
    Promising further(random_journal(12, 150));
    further.commit_up_to(120);
    lay({further.left().recording, promises}, run.elsewhere());
    CHECK(same_events(read_recording(run.elsewhere()).value(), run.whole()));
  }
  SECTION("something else") {
    Promising other(random_journal(12, 150));
    other.add_up_to(110);
    other.add(ContentSent{Bytes(std::string("something else"))});
    for (const std::uint64_t events : {120U, 150U}) {
      other.commit_up_to(events);
      lay({other.left().recording, promises}, run.elsewhere());
      CHECK_THAT(refusal_at(run.elsewhere()), ContainsSubstring("does not belong"));
    }
  }
}

TEST_CASE("An event that was promised and cannot be right is told with the file it is in",
          "[journal][recording][promises]") {
  Promising run(random_journal(13, 100));
  run.commit_up_to(100);
  Fingerprint before;
  for (const Event& event : run.journal()) add_to_fingerprint(event, before);
  const std::string event(33, '\xFF');  // its numbers, and two lengths
  const std::string log = log_head(7) + batch_head(7, 100, 101, before.value(), event) + event;
  lay({run.left().recording, log}, run.elsewhere());
  CHECK_THAT(refusal_at(run.elsewhere()), ContainsSubstring("is damaged"));
  const std::string late = std::string(33, '\0');
  lay({run.left().recording, log_head(7) + batch_head(7, 100, 101, before.value(), late) + late},
      run.elsewhere());
  CHECK_THAT(refusal_at(run.elsewhere()), ContainsSubstring("event 100: "));
}

// ---- Marks -----------------------------------------------------------------------------------

namespace {

constexpr std::size_t kMarkOctets = sizeof(BatchMark);

std::size_t end_of_batches(const std::string& log) {
  return log.find_last_not_of('\0') + 1;
}

// What is left of a log if that part of it never reached the disk.
std::string torn(std::string log, std::size_t from, std::size_t to) {
  return log.replace(from, to - from, to - from, '\0');
}

}  // namespace

// Somebody knows the format, and sends a mail that looks like a batch. Then power is lost while the
// batch with that mail is written, so that only the mail is on the disk.
TEST_CASE("Nothing that somebody sends passes for a promise", "[journal][recording][promises]") {
  Promising run(random_journal(14, 110));
  run.commit_up_to(100);
  run.promise_up_to(110);
  const Left before = run.left();
  const std::size_t begin = end_of_batches(before.promises);
  const std::string batch = before.promises.substr(kBatchHeadOctets, begin - kBatchHeadOctets);
  const auto read_torn = [&](const std::string& mark, std::size_t torn_from) {
    const std::string sent = mark + batch.substr(kMarkOctets);
    run.add(ContentSent{Bytes(sent)});
    REQUIRE(run.writer().promise().ok());
    const std::string promises = run.left().promises;
    const std::size_t at = promises.find(sent, begin);
    REQUIRE(at != std::string::npos);
    lay({before.recording, torn(promises, torn_from, at)}, run.elsewhere());
    return read_recording(run.elsewhere());
  };
  for (const std::string_view mark : {kOldBatchMark, std::string_view("a guess.")}) {
    INFO(mark);
    const Result<Journal> read = read_torn(std::string(mark), begin);
    if (!read) FAIL(read.error().text());
    CHECK(read->size() == 110);
    // Without its head, a log with batches is damaged.
    CHECK_FALSE(read_torn(std::string(mark) + "again", 0).ok());
  }
  // Only who can read the log knows its mark. Damage looks like that.
  CHECK_FALSE(read_torn(batch.substr(0, kMarkOctets), begin).ok());
}

TEST_CASE("Each log of promises has a mark of its own", "[journal][recording][promises]") {
  Promising run(random_journal(15, 120));
  run.promise_up_to(50);
  const std::string first = run.left().promises.substr(0, kBatchHeadOctets);
  run.commit_up_to(60);
  run.promise_up_to(120);
  CHECK(run.left().promises.substr(0, kBatchHeadOctets) != first);
}

TEST_CASE("A log of promises from before there were marks is read",
          "[journal][recording][promises]") {
  Promising run(random_journal(16, 130));
  run.commit_up_to(100);
  run.promise_up_to(110);
  const std::size_t second_at = end_of_batches(run.left().promises);
  run.promise_up_to(130);
  Left left = run.left();
  for (const std::size_t at : {kBatchHeadOctets, second_at}) {
    left.promises.replace(at, kMarkOctets, kOldBatchMark);
  }
  left.promises.erase(0, kBatchHeadOctets);
  lay(left, run.elsewhere());
  CHECK(same_events(read_recording(run.elsewhere()).value(), run.whole()));
}

// ---- Without a pause -------------------------------------------------------------------------

TEST_CASE("Where promises are made without a pause, the log keeps what the file lacks",
          "[journal][recording][promises]") {
  const TemporaryFolder folder;
  const std::string path = folder / "run";
  Journal mails;
  for (int i = 0; i < 80; ++i) {
    mails.append({}, {}, {}, kNoEvent,
                 ContentSent{Bytes(std::string(100'000, 'x') + std::to_string(i))});
  }
  const auto event_at = [&](std::uint64_t i) -> const Event& { return mails[EventPosition{i}]; };
  const auto events_on_disk = [&] { return read_recording(path).value().size(); };
  const auto log_octets = [&] { return fs::file_size(promises_path(path)); };

  write_octets(next_promises_path(path), "of somebody who was killed");
  REQUIRE(make_empty_recording(path, Existing::Refuse).ok());
  CHECK_FALSE(fs::exists(next_promises_path(path)));
  bool has_room = true;
  PromiseWriter promises(path);
  auto batches = RecordingBatches::begin(path, promises).value();
  const auto add_up_to = [&](std::uint64_t end) {
    while (batches->events() < end) REQUIRE(batches->add(event_at(batches->events())).ok());
  };
  for (const std::uint64_t end : {10U, 20U, 30U}) REQUIRE(promises.keep(end, event_at).ok());
  add_up_to(10);
  REQUIRE(batches->commit(kNoPatience).ok());
  CHECK(log_octets() > 3'000'000);  // it is too short to be worth a wait
  CHECK(events_on_disk() == 30);

  SECTION("and there is room for a shorter one") {}
  SECTION("and there is no room for a shorter one") {
    has_room = false;
    fs::create_directory(next_promises_path(path));
  }
  for (const std::uint64_t end : {45U, 55U, 60U}) REQUIRE(promises.keep(end, event_at).ok());
  const std::string mark = read_octets(promises_path(path)).substr(0, kBatchHeadOctets);
  add_up_to(50);  // in the middle of a batch of promises
  REQUIRE(batches->commit(kNoPatience).ok());
  CHECK((log_octets() < 2'000'000) == has_room);
  CHECK(events_on_disk() == 60);
  CHECK((read_octets(promises_path(path)).substr(0, kBatchHeadOctets) != mark) == has_room);

  REQUIRE(promises.keep(75, event_at).ok());
  CHECK(events_on_disk() == 75);
  fs::remove(next_promises_path(path));
  write_octets(next_promises_path(path), "of somebody who was killed");
  add_up_to(80);
  REQUIRE(batches->commit(kNoPatience).ok());
  CHECK(same_events(read_recording(path).value(), mails));
  batches.reset();
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("Promises that somebody is making just now are nobody else's",
          "[journal][recording][promises]") {
  const TemporaryFolder folder;
  const std::string path = folder / "run";
  const Journal events = random_journal(31, 20);
  const auto event_at = [&](std::uint64_t i) -> const Event& { return events[EventPosition{i}]; };
  PromiseWriter first(path);
  REQUIRE(first.keep(10, event_at).ok());
  {
    PromiseWriter second(path);
    const Done taken_over = second.take_over();
    REQUIRE_FALSE(taken_over.ok());
    CHECK_THAT(taken_over.error().text(), ContainsSubstring("somebody is recording into it"));
  }
  {
    // Who came when there were none has nothing to take away.
    PromiseWriter third(path);
    REQUIRE(third.all_in_file(20, {}).ok());
    CHECK(fs::exists(promises_path(path)));
    CHECK_FALSE(third.keep(21, event_at).ok());
  }
  CHECK(first.keep(20, event_at).ok());
}
