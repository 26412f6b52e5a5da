// Where a recording cannot be written, that is told, and nothing of somebody's is lost.
#include "journal/recording_writer.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "journal/recording_reader.hpp"
#include "journal/recording_sqlite.hpp"
#include "tests/journal/recorded.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/unprivileged.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace {

std::string refusal(const std::string& path, Existing existing = Existing::Refuse) {
  const auto writer = RecordingWriter::create(path, existing);
  REQUIRE_FALSE(writer.ok());
  CHECK(writer.error().file == path);
  return writer.error().text();
}

// While this lives no file can grow beyond so many octets: for a program, that is a disk without
// room, and nobody needs to be root for it.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t octets) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before_) == 0);
    const rlimit small{octets, before_.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  }
  ~SmallDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

using std::filesystem::perms;
constexpr perms kRead = perms::owner_read | perms::group_read | perms::others_read;
constexpr perms kReadAndEnter = kRead | perms::owner_exec | perms::group_exec | perms::others_exec;

// 1,000 mails of 10,000 octets, each another one.
Journal large_journal() {
  Journal journal;
  for (int i = 0; i < 1'000; ++i) {
    journal.append({}, {}, {}, kNoEvent,
                   ContentSent{Bytes(std::string(10'000, 'x') + std::to_string(i))});
  }
  return journal;
}

}  // namespace

TEST_CASE("A file that exists is not overwritten by a recording", "[journal][recording][writer]") {
  const TemporaryFolder folder;
  write_octets(folder / "thesis.txt", "my thesis");
  CHECK_THAT(refusal(folder / "thesis.txt"),
             ContainsSubstring("exists already; nothing is overwritten"));
  CHECK_THAT(refusal(folder / "thesis.txt", Existing::Replace),
             ContainsSubstring("is no recording, and so is not replaced"));
  CHECK(read_octets(folder / "thesis.txt") == "my thesis");
  // Nobody writes into this pipe, and nobody is waited for.
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK_THAT(refusal(folder / "pipe", Existing::Replace), ContainsSubstring("is no recording"));

  Journal journal = journal_of_lesson("whole-journey");
  record(journal, folder / "run");
  const std::string before = read_octets(folder / "run");
  write_octets(folder / "run-journal", "of somebody who records into it just now");
  CHECK_THAT(refusal(folder / "run"), ContainsSubstring("--force"));
  CHECK(read_octets(folder / "run") == before);
  CHECK(std::filesystem::exists(folder / "run-journal"));
}

TEST_CASE("A recording is replaced if that is asked for", "[journal][recording][writer]") {
  const TemporaryFolder folder;
  Journal first = journal_of_lesson("whole-journey");
  Journal second = journal_of_lesson("keep-mode");
  record(first, folder / "run");
  {
    auto writer = RecordingWriter::create(folder / "run", Existing::Replace);
    REQUIRE(writer.ok());
    (*writer)->follow(second);
  }
  const Result<Journal> read = read_recording(folder / "run");
  REQUIRE(read.ok());
  CHECK(same_events(second, *read));
}

TEST_CASE("A recording that cannot be made is told before anything happens",
          "[journal][recording][writer]") {
  const TemporaryFolder folder;
  CHECK_THAT(refusal(folder / "no/such/run"), ContainsSubstring("there is no folder"));
  write_octets(folder / "file", "x");
  CHECK_THAT(refusal(folder / "file/run"), ContainsSubstring("there is no folder"));
  CHECK_THAT(refusal(folder.path().string()), ContainsSubstring("is a folder"));
  CHECK_THAT(refusal(""), ContainsSubstring("needs a file"));
  CHECK_THAT(refusal(folder / std::string(300, 'x')), ContainsSubstring("cannot be written: "));
}

TEST_CASE("A folder in which nobody may write is told, and what is in it can be read",
          "[journal][recording][writer]") {
  const TemporaryFolder folder;
  Journal journal = journal_of_lesson("whole-journey");
  record(journal, folder / "old");
  std::filesystem::permissions(folder.path(), kReadAndEnter);
  std::filesystem::permissions(folder / "old", kRead);
  const auto tried = [](const std::string& path, Existing existing) {
    return said_unprivileged([&] {
      const auto writer = RecordingWriter::create(path, existing);
      return writer.ok() ? "it was made" : writer.error().text();
    });
  };
  CHECK(tried(folder / "new", Existing::Refuse) ==
        (folder / "new") + ": cannot be written: Permission denied");
  CHECK(tried(folder / "old", Existing::Replace) ==
        (folder / "old") + ": cannot be replaced: Permission denied");
  CHECK(said_unprivileged([&] {
          const Result<Journal> read = read_recording(folder / "old");
          return read.ok() ? read->fingerprint() : read.error().text();
        }) == journal.fingerprint());
  // Nor may one look into this one.
  std::filesystem::permissions(folder.path(), std::filesystem::perms::none);
  CHECK(tried(folder / "new", Existing::Refuse) ==
        (folder / "new") + ": cannot be written: Permission denied");
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
}

TEST_CASE("No name of a file means anything but that file", "[journal][recording][writer]") {
  const TemporaryFolder folder;
  const auto here = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  Journal journal = journal_of_lesson("whole-journey");
  for (const char* name : {":memory:", "file:x?mode=memory"}) {
    record(journal, name);
    CHECK(std::filesystem::exists(name));
    CHECK(read_recording(name).ok());
  }
  std::filesystem::current_path(here);
}

TEST_CASE("A disk without room ends the recording, not what was acknowledged",
          "[journal][recording][writer]") {
  const TemporaryFolder folder;
  Journal events = large_journal();
  auto writer = RecordingWriter::create(folder / "run", Existing::Refuse);
  REQUIRE(writer.ok());
  std::uint64_t acknowledged = 0;
  Journal recorded;
  (*writer)->follow(recorded, Commits::BetweenSteps);
  bool by_promise = false;
  SECTION("by commits") {}
  SECTION("by promises") {
    by_promise = true;
  }
  {
    const SmallDisk disk(3'500'000);
    for (const Event& event : events) {
      recorded.append(event.time, event.node, event.connection, event.cause, event.payload);
      if (event.position.value() % 10 != 9) continue;
      if (by_promise ? (*writer)->promise() : (*writer)->commit()) acknowledged = recorded.size();
    }
  }
  REQUIRE((*writer)->error() != nullptr);
  CHECK_THAT((*writer)->error()->text(), ContainsSubstring("cannot be written: "));
  CHECK_FALSE((*writer)->commit().ok());
  CHECK_FALSE((*writer)->finish().ok());
  CHECK(acknowledged > 100);
  const Result<Journal> read = read_recording(folder / "run");
  if (!read) FAIL(read.error().text());
  CHECK(read->size() >= acknowledged);
  CHECK(read->size() < events.size());
  for (const Event& event : *read) {
    REQUIRE(payload_if<ContentSent>(event)->content ==
            payload_if<ContentSent>(events[event.position])->content);
  }
}

TEST_CASE("A disk without any room leaves no file behind", "[journal][recording][writer]") {
  const TemporaryFolder folder;
  {
    const SmallDisk disk(1'000);
    CHECK_THAT(refusal(folder / "run"), ContainsSubstring("cannot be written: "));
  }
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("Others can read what was recorded so far, and no name is left behind",
          "[journal][recording][writer]") {
  const TemporaryFolder folder;
  Journal journal = journal_of_lesson("whole-journey");
  auto writer = RecordingWriter::create(folder / "run", Existing::Refuse);
  REQUIRE(writer.ok());
  REQUIRE((*writer)->commit().ok());
  (*writer)->follow(journal);
  // A batch is under way: the file does not show it yet.
  const Result<Journal> before = read_recording(folder / "run");
  REQUIRE(before.ok());
  CHECK(before->empty());
  REQUIRE((*writer)->commit().ok());
  const Result<Journal> after = read_recording(folder / "run");
  REQUIRE(after.ok());
  CHECK(same_events(journal, *after));
  REQUIRE((*writer)->finish().ok());
  REQUIRE((*writer)->finish().ok());
  CHECK(std::filesystem::exists(folder / "run"));
  CHECK_FALSE(std::filesystem::exists(folder / "run-journal"));
}

TEST_CASE("Two who record into one file do not spoil it", "[journal][recording][writer]") {
  const TemporaryFolder folder;
  auto first = RecordingWriter::create(folder / "run", Existing::Refuse);
  REQUIRE(first.ok());
  CHECK_FALSE(RecordingWriter::create(folder / "run", Existing::Refuse).ok());
}

TEST_CASE("A recording that is being written is not replaced", "[journal][recording][writer]") {
  const TemporaryFolder folder;
  Journal journal = journal_of_lesson("whole-journey");
  auto writer = RecordingWriter::create(folder / "run", Existing::Refuse);
  REQUIRE(writer.ok());
  (*writer)->follow(journal);
  CHECK_THAT(refusal(folder / "run", Existing::Replace),
             ContainsSubstring("somebody is recording into it just now"));
  REQUIRE((*writer)->finish().ok());
  const Result<Journal> read = read_recording(folder / "run");
  REQUIRE(read.ok());
  CHECK(same_events(journal, *read));
}

TEST_CASE("Who records is told that the file is gone or another one, and spoils nothing",
          "[journal][recording][writer]") {
  const TemporaryFolder folder;
  Journal first = journal_of_lesson("whole-journey");
  Journal second = journal_of_lesson("keep-mode");
  const std::string path = folder / "run";
  auto writer = RecordingWriter::create(path, Existing::Refuse);
  REQUIRE(writer.ok());
  SECTION("it was removed in the middle of a batch") {
    (*writer)->follow(first);
    std::filesystem::remove(path);
    record(second, path);
  }
  SECTION("it was replaced between two batches") {
    record(second, folder / "other");
    std::filesystem::rename(folder / "other", path);
    (*writer)->follow(first);
  }
  const Done lost = (*writer)->finish();
  REQUIRE_FALSE(lost.ok());
  CHECK(lost.error().text() ==
        path + ": cannot be written: somebody moved, removed or replaced it meanwhile");
  const Result<Journal> read = read_recording(path);
  REQUIRE(read.ok());
  CHECK(same_events(second, *read));
}

TEST_CASE("A recording that is damaged or was left in the middle of writing can be replaced",
          "[journal][recording][writer]") {
  const TemporaryFolder folder;
  Journal first = journal_of_lesson("whole-journey");
  Journal second = journal_of_lesson("keep-mode");
  record(first, folder / "run");
  SECTION("damaged") {
    write_octets(folder / "run", read_octets(folder / "run").substr(0, 3'000));
  }
  SECTION("left in the middle") {
    leave_in_transaction(folder / "run", folder / "left");
    std::filesystem::rename(folder / "left", folder / "run");
    std::filesystem::rename(folder / "left-journal", folder / "run-journal");
  }
  auto writer = RecordingWriter::create(folder / "run", Existing::Replace);
  if (!writer) FAIL(writer.error().text());
  (*writer)->follow(second);
  REQUIRE((*writer)->finish().ok());
  const Result<Journal> read = read_recording(folder / "run");
  REQUIRE(read.ok());
  CHECK(same_events(second, *read));
  CHECK_FALSE(std::filesystem::exists(folder / "run-journal"));
}

// ---- Going on --------------------------------------------------------------------------------

namespace {

Journal beginning_of(const Journal& journal, std::uint64_t events) {
  Journal beginning;
  for (std::uint64_t i = 0; i < events; ++i) {
    const Event& event = journal[EventPosition{i}];
    beginning.append(event.time, event.node, event.connection, event.cause, event.payload);
  }
  return beginning;
}

std::unique_ptr<RecordingWriter> going_on(const std::string& path, const Journal& past) {
  auto writer = RecordingWriter::reserve(path);
  if (!writer) FAIL(writer.error().text());
  const Done goes_on = (*writer)->go_on(past);
  if (!goes_on) FAIL(goes_on.error().text());
  return std::move(*writer);
}

std::int64_t number_in(const std::string& path, const char* sql) {
  auto database = Database::open(path, Access::Read);
  REQUIRE(database.ok());
  const auto number = database->number(sql);
  REQUIRE(number.ok());
  return *number;
}

}  // namespace

TEST_CASE("A recording that is gone on with is the one that would have come in one go",
          "[journal][recording][writer]") {
  Journal whole = journal_of_lesson("keep-mode");
  const TemporaryFolder folder;
  record(whole, folder / "whole");
  for (const std::uint64_t events : {std::uint64_t{1}, whole.size() / 3, whole.size()}) {
    INFO(events << " of " << whole.size());
    const std::string path = folder / std::to_string(events);
    Journal beginning = beginning_of(whole, events);
    record(beginning, path);
    const Result<Journal> past = read_recording(path);
    REQUIRE(past.ok());
    const auto writer = going_on(path, *past);
    writer->follow(whole);
    REQUIRE(writer->finish().ok());
    const Result<Journal> read = read_recording(path);
    REQUIRE(read.ok());
    CHECK(same_events(*read, whole));
    // Contents and their cores too: nothing is stored twice.
    for (const char* sql : {"SELECT count(*) FROM contents", "SELECT sum(core) FROM contents",
                            "SELECT sum(length(octets)) FROM contents"}) {
      CHECK(number_in(path, sql) == number_in(folder / "whole", sql));
    }
  }
}

TEST_CASE("Nobody goes on with a recording of something else, or one that is being written",
          "[journal][recording][writer]") {
  const TemporaryFolder folder;
  Journal journal = journal_of_lesson("keep-mode");
  record(journal, folder / "run");
  const Journal less = beginning_of(journal, journal.size() - 1);
  const auto goes_on = [&](const Journal& past) {
    auto writer = RecordingWriter::reserve(folder / "run");
    REQUIRE(writer.ok());
    return (*writer)->go_on(past).ok();
  };
  CHECK_FALSE(goes_on(less));
  CHECK_FALSE(goes_on(journal_of_lesson("delete-mode")));
  CHECK(goes_on(journal));
  CHECK_FALSE(RecordingWriter::reserve(folder / "none").ok());
  auto writer = RecordingWriter::create(folder / "busy", Existing::Refuse);
  REQUIRE(writer.ok());
  for (const bool has_written : {false, true}) {
    if (has_written) (*writer)->follow(journal);
    const auto second = RecordingWriter::reserve(folder / "busy");
    REQUIRE_FALSE(second.ok());
    CHECK_THAT(second.error().text(), ContainsSubstring("somebody is recording into it"));
  }
  const auto third = RecordingWriter::reserve(folder / "run");
  REQUIRE(third.ok());
  CHECK_FALSE(RecordingWriter::reserve(folder / "run").ok());
  CHECK(same_events(read_recording(folder / "run").value(), journal));
}

TEST_CASE("A recording that ends between steps never ends within one, however long it is",
          "[journal][recording][writer]") {
  const TemporaryFolder folder;
  Journal events;
  auto writer = RecordingWriter::create(folder / "run", Existing::Refuse);
  REQUIRE(writer.ok());
  (*writer)->follow(events, Commits::BetweenSteps);
  const auto add = [&](int mails) {
    for (int i = 0; i < mails; ++i) {
      const auto number = static_cast<std::size_t>(events.size());
      events.append({}, {}, {}, kNoEvent,
                    ContentSent{Bytes(std::string(5'000, 'y') + std::to_string(number))});
    }
  };
  const auto in_file = [&] { return read_recording(folder / "run").value().size(); };
  add(8'000);  // 40 MB, where a batch has 16
  CHECK(in_file() == 0);
  (*writer)->step_is_over();
  add(8'000);
  for (int tries = 0; in_file() == 0 && tries < 100; ++tries) let_others_go_on(milliseconds(100));
  CHECK(in_file() == 8'000);
  CHECK((*writer)->is_behind());
  REQUIRE((*writer)->commit().ok());
  CHECK(in_file() == 16'000);
}
