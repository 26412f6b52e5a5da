// A program that records is killed: what it leaves is a beginning of the run, with all that was
// acknowledged.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <thread>

#include "base/fingerprint.hpp"
#include "base/prng.hpp"
#include "journal/event_codec.hpp"
#include "journal/recording_reader.hpp"
#include "journal/recording_writer.hpp"
#include "tests/journal/recorded.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/shipped_lesson.hpp"
#include "tests/support/temporary_folder.hpp"
#include "world/world.hpp"

using namespace mailwalk;
using namespace mailwalk::journal;
using namespace mailwalk::test;

namespace fs = std::filesystem;

namespace {

constexpr const char* kLesson = "keep-mode";
constexpr int kKills = 200;
constexpr int kStepsBetweenAcknowledgements = 60;
constexpr int kPromisesBetweenCommits = 4;

// The child: records the run, and tells through the pipe how many events are acknowledged, by a
// promise or by a commit.
[[noreturn]] void record_and_tell(const std::string& path, int pipe_end) {
  auto writer = RecordingWriter::create(path, Existing::Refuse);
  if (!writer) _exit(1);
  world::World world(shipped_lesson(kLesson));
  (*writer)->follow(world.journal(), Commits::BetweenSteps);
  for (int steps = 1; world.step(); ++steps) {
    if (steps % kStepsBetweenAcknowledgements != 0) continue;
    const int acknowledgement = steps / kStepsBetweenAcknowledgements;
    const bool commits = acknowledgement % (kPromisesBetweenCommits + 1) == 0;
    if (!(commits ? (*writer)->commit() : (*writer)->promise())) _exit(1);
    const std::uint64_t events = world.journal().size();
    if (write(pipe_end, &events, sizeof events) != sizeof events) _exit(1);
  }
  _exit((*writer)->finish() ? 0 : 1);
}

// The number that came next through the pipe; nullopt if the other end is gone.
std::optional<std::uint64_t> next_acknowledged(int pipe_end) {
  std::uint64_t events = 0;
  if (read(pipe_end, &events, sizeof events) != sizeof events) return std::nullopt;
  return events;
}

struct Recorded {
  std::uint64_t acknowledged = 0;  // events, so far as was told
  int acknowledgements = 0;
  bool was_killed = false;
};

using Clock = std::chrono::steady_clock;

// When to kill: so many acknowledgements are waited for, and so long after them.
struct Moment {
  int acknowledgements = 0;
  Clock::duration later{};
};

// Without a moment it comes to its end.
Recorded record_in_child(const std::string& path, std::optional<Moment> moment) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    close(ends[0]);
    record_and_tell(path, ends[1]);
  }
  close(ends[1]);
  Recorded recorded;
  const auto listen = [&](int most) {
    while (recorded.acknowledgements < most) {
      const auto events = next_acknowledged(ends[0]);
      if (!events) return;
      recorded.acknowledged = *events;
      ++recorded.acknowledgements;
    }
  };
  if (moment) {
    listen(moment->acknowledgements);
    std::this_thread::sleep_for(moment->later);
    kill(child, SIGKILL);
  }
  listen(std::numeric_limits<int>::max());
  int status = 0;
  waitpid(child, &status, 0);
  close(ends[0]);
  recorded.was_killed = WIFSIGNALED(status);
  return recorded;
}

bool is_beginning_of(const Journal& part, const Journal& whole) {
  Fingerprint expected;
  Fingerprint found;
  for (const Event& event : part) {
    if (event.position.value() >= whole.size()) return false;
    add_to_fingerprint(event, found);
    add_to_fingerprint(whole[event.position], expected);
  }
  return expected.value() == found.value();
}

}  // namespace

TEST_CASE("A run that is killed at any moment leaves a recording of its beginning",
          "[journal][recording][crash]") {
  const TemporaryFolder folder;
  const Journal whole = journal_of_lesson(kLesson);
  const Clock::time_point begun = Clock::now();
  const Recorded undisturbed = record_in_child(folder / "whole", std::nullopt);
  // About the time from one acknowledgement to the next: the first one takes as long as several.
  const Clock::duration step = (Clock::now() - begun) / (undisturbed.acknowledgements + 4);
  REQUIRE_FALSE(undisturbed.was_killed);
  const Result<Journal> recorded = read_recording(folder / "whole");
  REQUIRE(recorded.ok());
  REQUIRE(recorded->fingerprint() == whole.fingerprint());

  Prng prng(7);
  int killed_midway = 0;
  int left_promises = 0;
  for (int i = 0; i < kKills; ++i) {
    const std::string path = folder / std::to_string(i);
    const auto waited = prng.below(static_cast<std::uint64_t>(undisturbed.acknowledgements));
    const Moment moment{static_cast<int>(waited),
                        step * static_cast<std::int64_t>(prng.below(1'000)) / 1'000};
    const Recorded killed = record_in_child(path, moment);
    if (killed.was_killed && killed.acknowledged > 0) ++killed_midway;
    INFO(i << ": acknowledged " << killed.acknowledged << " of " << whole.size());
    const bool nothing_yet = !fs::exists(path) || fs::file_size(path) == 0;
    if (nothing_yet) {
      REQUIRE(killed.acknowledged == 0);
      continue;
    }
    const Result<Journal> read = read_recording(path);
    // Killed before the file was made a recording: then nothing was promised either.
    if (!read && killed.acknowledged == 0) continue;
    if (!read) FAIL(read.error().text());
    REQUIRE(read->size() >= killed.acknowledged);
    REQUIRE(is_beginning_of(*read, whole));
    if (fs::exists(path + "-promised")) ++left_promises;
    // Whoever goes on has one file again, with all of that.
    Journal past = read_recording(path).value();
    auto writer = RecordingWriter::reserve(path);
    REQUIRE(writer.ok());
    REQUIRE((*writer)->go_on(past).ok());
    (*writer)->follow(past);
    REQUIRE((*writer)->finish().ok());
    REQUIRE_FALSE(fs::exists(path + "-promised"));
    REQUIRE(same_events(*read, read_recording(path).value()));
  }
  // Not many of them came too late or too early to mean something.
  CHECK(killed_midway > kKills / 3);
  CHECK(left_promises > kKills / 5);
}

// Whoever is killed while a commit is under way leaves a journal of SQLite's beside the file. It is
// needed to put the file in order, and that must not need the file's own folder.
TEST_CASE("A recording that was left in the middle of a commit is read without being changed",
          "[journal][recording][crash]") {
  const TemporaryFolder folder;
  Journal journal = journal_of_lesson(kLesson);
  record(journal, folder / "run");
  fs::create_directory(folder / "left");
  leave_in_transaction(folder / "run", folder / "left/run");

  const std::string before = read_octets(folder / "left/run");
  REQUIRE(before != read_octets(folder / "run"));
  const Result<Journal> read = read_recording(folder / "left/run");
  if (!read) FAIL(read.error().text());
  CHECK(same_events(*read, journal));
  CHECK(read_octets(folder / "left/run") == before);
  CHECK(std::distance(fs::directory_iterator(folder / "left"), fs::directory_iterator()) == 2);

  // Without that journal the file is half of one transaction: that is seen, and told.
  fs::remove(folder / "left/run-journal");
  CHECK_FALSE(read_recording(folder / "left/run").ok());
}
