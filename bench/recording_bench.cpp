#include "recording_bench.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <string>

#include "journal/event_codec.hpp"
#include "journal/recording_reader.hpp"
#include "journal/recording_writer.hpp"
#include "long_run.hpp"
#include "report.hpp"
#include "world/world.hpp"

namespace mailwalk::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kMails = 2'000;
constexpr int kRecordingRounds = 3;  // the best of each side counts: the machine's speed drifts

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "mailwalk-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file() const { return (path_ / "run.mailwalk").string(); }

 private:
  fs::path path_;
};

[[noreturn]] void stop(const Error& error) {
  fmt::print("  {}\n", error.text());
  std::abort();
}

struct Figures {
  double plain_seconds = std::numeric_limits<double>::max();
  double recorded_seconds = plain_seconds;
  double read_seconds = plain_seconds;
  std::uint64_t events = 0;
  std::uint64_t payload_octets = 0;
  std::uint64_t file_octets = 0;
};

double run_plain() {
  const double begun = seconds_now();
  world::World world(long_run(kMails));
  world.run();
  return seconds_now() - begun;
}

// To the moment in which the whole run is on disk.
double run_recorded(const std::string& file, Figures& figures) {
  const double begun = seconds_now();
  world::World world(long_run(kMails));
  auto writer = journal::RecordingWriter::create(file, journal::Existing::Replace);
  if (!writer) stop(writer.error());
  (*writer)->follow(world.journal());
  world.run();
  const Done finished = (*writer)->finish();
  if (!finished) stop(finished.error());
  const double seconds = seconds_now() - begun;
  figures.events = world.journal().size();
  figures.payload_octets = 0;
  for (const journal::Event& event : world.journal()) {
    figures.payload_octets += journal::encode_payload(event.payload).size();
  }
  figures.file_octets = fs::file_size(file);
  return seconds;
}

double read_again(const std::string& file) {
  const double begun = seconds_now();
  const Result<journal::Journal> journal = journal::read_recording(file);
  if (!journal) stop(journal.error());
  return seconds_now() - begun;
}

}  // namespace

void measure_recording() {
  const Folder folder;
  Figures figures;
  for (int round = 0; round < kRecordingRounds; ++round) {
    figures.plain_seconds = std::min(figures.plain_seconds, run_plain());
    figures.recorded_seconds =
        std::min(figures.recorded_seconds, run_recorded(folder.file(), figures));
    figures.read_seconds = std::min(figures.read_seconds, read_again(folder.file()));
  }
  const auto events = static_cast<double>(figures.events);
  print_figure("events of a run, recorded", events / figures.recorded_seconds, "events/s");
  print_figure("the same unrecorded", events / figures.plain_seconds, "events/s");
  print_figure("events read from a recording", events / figures.read_seconds, "events/s");
  print_figure("octets on disk an event", static_cast<double>(figures.file_octets) / events,
               "octets");
  print_figure("octets an event in the payloads themselves",
               static_cast<double>(figures.payload_octets) / events, "octets");
  print_ratio("a recorded run beside the same unrecorded, in time",
              figures.recorded_seconds / figures.plain_seconds, Aim::AtMost, 3.0);
  print_ratio(
      "a recording beside the payloads in it, in octets",
      static_cast<double>(figures.file_octets) / static_cast<double>(figures.payload_octets),
      Aim::AtMost, 1.0);
}

}  // namespace mailwalk::bench
