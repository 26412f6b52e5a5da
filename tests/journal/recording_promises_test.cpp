// What was promised and is not in the recording yet lies beside it, is read with it, and is never
// believed more than it deserves.
#include "journal/recording_promises.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "base/prng.hpp"
#include "journal/recording_reader.hpp"
#include "journal/recording_writer.hpp"
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

// A writer that has committed the first part of a journal and promised the next ones, one by one.
class Promising {
 public:
  Promising(const Journal& source, const std::string& path) : source_(source) {
    auto writer = RecordingWriter::create(path, Existing::Refuse);
    REQUIRE(writer.ok());
    writer_ = std::move(*writer);
    writer_->follow(journal_, Commits::WhenTold);
  }
  void add_up_to(std::uint64_t events) {
    for (std::uint64_t i = journal_.size(); i < events; ++i) {
      const Event& event = source_[EventPosition{i}];
      journal_.append(event.time, event.node, event.connection, event.cause, event.payload);
    }
  }
  void commit_up_to(std::uint64_t events) {
    add_up_to(events);
    REQUIRE(writer_->commit().ok());
  }
  void promise_up_to(std::uint64_t events) {
    add_up_to(events);
    REQUIRE(writer_->promise().ok());
  }
  [[nodiscard]] RecordingWriter& writer() { return *writer_; }
  [[nodiscard]] const Journal& journal() const { return journal_; }

 private:
  const Journal& source_;
  Journal journal_;
  std::unique_ptr<RecordingWriter> writer_;
};

// As somebody who is killed leaves them: recording and promises, copied while the writer lives.
struct Left {
  std::string recording;
  std::string promises;
};
Left left_at(const std::string& path) {
  return {read_octets(path), read_octets(path + "-promised")};
}
void lay(const Left& left, const std::string& path) {
  write_octets(path, left.recording);
  write_octets(path + "-promised", left.promises);
}

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
  const TemporaryFolder folder;
  const std::string path = folder / "run";
  const Journal whole = random_journal(3, 400);
  Promising run(whole, path);
  run.commit_up_to(100);
  CHECK_FALSE(fs::exists(path + "-promised"));
  for (const std::uint64_t events : {101U, 150U, 220U}) {
    run.promise_up_to(events);
    CHECK(same_events(read_recording(path).value(), run.journal()));
    CHECK(query_sql(path, "SELECT count(*) FROM events") == "100\n");
  }
  run.commit_up_to(300);
  CHECK_FALSE(fs::exists(path + "-promised"));
  CHECK(query_sql(path, "SELECT count(*) FROM events") == "300\n");
  run.promise_up_to(400);
  CHECK(read_recording(path)->fingerprint() == whole.fingerprint());
  REQUIRE(run.writer().finish().ok());
  CHECK(same_events(read_recording(path).value(), whole));
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("What a killed program leaves is read without being changed, also where nobody may write",
          "[journal][recording][promises]") {
  const TemporaryFolder folder;
  const Journal whole = random_journal(4, 300);
  Promising run(whole, folder / "run");
  run.commit_up_to(200);
  run.promise_up_to(250);
  run.promise_up_to(300);
  const Left left = left_at(folder / "run");
  fs::create_directory(folder / "left");
  const std::string path = folder / "left/run";
  lay(left, path);
  fs::permissions(path, fs::perms::owner_read | fs::perms::others_read);
  fs::permissions(path + "-promised", fs::perms::owner_read | fs::perms::others_read);
  fs::permissions(folder.path(),
                  fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
  fs::permissions(folder / "left", fs::perms::owner_read | fs::perms::owner_exec |
                                       fs::perms::others_read | fs::perms::others_exec);
  CHECK(said_unprivileged([&] {
          const Result<Journal> read = read_recording(path);
          return read.ok() ? read->fingerprint() : read.error().text();
        }) == whole.fingerprint());
  fs::permissions(folder / "left", fs::perms::owner_all);
  CHECK(read_octets(path) == left.recording);
  CHECK(read_octets(path + "-promised") == left.promises);
  // By another name too.
  fs::create_symlink(path, folder / "link");
  CHECK(read_recording(folder / "link")->size() == 300);
  // What SQLite's own tools show is what was committed.
  CHECK(query_sql(path, "SELECT count(*) FROM events") == "200\n");
}

TEST_CASE("A program that is killed after a commit leaves promises that nobody needs any more",
          "[journal][recording][promises]") {
  const TemporaryFolder folder;
  const Journal whole = random_journal(5, 300);
  Promising run(whole, folder / "run");
  run.commit_up_to(100);
  run.promise_up_to(150);
  run.promise_up_to(200);
  const Left before = left_at(folder / "run");
  for (const std::uint64_t events : {200U, 300U}) {
    INFO(events);
    run.commit_up_to(events);
    lay({read_octets(folder / "run"), before.promises}, folder / "left");
    CHECK(same_events(read_recording(folder / "left").value(), run.journal()));
  }
}

TEST_CASE("Promises that end anywhere are read up to the last one that was finished",
          "[journal][recording][promises]") {
  const TemporaryFolder folder;
  const Journal whole = random_journal(6, 130);
  Promising run(whole, folder / "run");
  run.commit_up_to(100);
  run.promise_up_to(110);
  const std::size_t first_end = read_octets(folder / "run-promised").find_last_not_of('\0') + 1;
  run.promise_up_to(130);
  const Left left = left_at(folder / "run");
  const std::size_t second_end = left.promises.find_last_not_of('\0') + 1;
  REQUIRE(second_end > first_end + 100);
  for (std::size_t end = 0; end <= second_end; end += test::kSanitized ? 37 : 5) {
    INFO(end);
    for (const char* rest : {"", "zeros"}) {
      std::string promises = left.promises.substr(0, end);
      if (*rest != '\0') promises.resize(left.promises.size());
      lay({left.recording, promises}, folder / "cut");
      const Result<Journal> read = read_recording(folder / "cut");
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
  const TemporaryFolder folder;
  const Journal whole = random_journal(7, 130);
  Promising run(whole, folder / "run");
  run.commit_up_to(100);
  run.promise_up_to(110);
  run.promise_up_to(130);
  const Left left = left_at(folder / "run");
  const std::string path = folder / "left";

  Left damaged = left;
  damaged.promises[100] = static_cast<char>(damaged.promises[100] ^ 1);
  lay(damaged, path);
  CHECK_THAT(refusal_at(path), ContainsSubstring("is damaged"));
  CHECK_THAT(refusal_at(path), ContainsSubstring(kWayOut));

  const Journal other = random_journal(8, 130);
  Promising foreign(other, folder / "foreign");
  for (const std::uint64_t committed : {50U, 100U, 120U}) {
    INFO(committed);
    foreign.commit_up_to(committed);
    foreign.promise_up_to(committed + 10);
    lay({left.recording, read_octets(folder / "foreign-promised")}, path);
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
  const TemporaryFolder folder;
  const Journal whole = random_journal(9, 160);
  Promising run(whole, folder / "run");
  run.commit_up_to(100);
  for (const std::uint64_t events : {110U, 120U, 160U}) run.promise_up_to(events);
  const Left left = left_at(folder / "run");
  const std::size_t used = left.promises.find_last_not_of('\0') + 1;
  Prng prng(1);
  for (int i = 0; i < test::cases(400); ++i) {
    Left garbled = left;
    const std::size_t at = prng.below(used);
    garbled.promises[at] = static_cast<char>(prng.below(256));
    INFO(i << ": octet " << at);
    lay(garbled, folder / "garbled");
    const Result<Journal> read = read_recording(folder / "garbled");
    if (!read) continue;
    REQUIRE((read->size() == 120 || read->size() == 160));
    for (const Event& event : *read)
      REQUIRE(event.payload.index() == whole[event.position].payload.index());
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

TEST_CASE("Who reads for long keeps nobody from promising, and the file has it all later",
          "[journal][recording][promises]") {
  const TemporaryFolder folder;
  const std::string path = folder / "run";
  const Journal whole = random_journal(10, 300);
  Promising run(whole, path);
  run.commit_up_to(100);
  {
    auto reader = RecordingReader::open(path);
    REQUIRE(reader.ok());
    REQUIRE(reader->next().ok());  // and goes on to read
    run.commit_up_to(200);
    CHECK(run.writer().is_behind());
    run.commit_up_to(300);
    std::size_t events = 1;
    for (auto event = reader->next(); event && *event; event = reader->next()) ++events;
    CHECK(events == 100);
  }
  REQUIRE(run.writer().commit().ok());
  CHECK_FALSE(run.writer().is_behind());
  CHECK_FALSE(fs::exists(path + "-promised"));
  CHECK(same_events(read_recording(path).value(), whole));
}

TEST_CASE("Promises that somebody moves or removes are no promises",
          "[journal][recording][promises]") {
  const TemporaryFolder folder;
  const Journal whole = random_journal(11, 30);
  Promising run(whole, folder / "run");
  run.promise_up_to(10);
  SECTION("removed") {
    fs::remove(folder / "run-promised");
  }
  SECTION("moved") {
    fs::rename(folder / "run-promised", folder / "elsewhere");
  }
  run.add_up_to(20);
  const Done promised = run.writer().promise();
  REQUIRE_FALSE(promised.ok());
  CHECK_THAT(promised.error().text(), ContainsSubstring("somebody moved or removed it meanwhile"));
  CHECK_FALSE(run.writer().commit().ok());
}
