// Writes what was promised and is not in a recording yet into a log beside it.
//
// A commit of SQLite waits for the disk several times, and whoever has a promise to keep wants to
// wait once. So the events that the file lacks are appended here, and the next commit, which brings
// them into the file, makes this needless. recording.md describes it for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "base/fingerprint.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"
#include "journal/recording_promise_log.hpp"

namespace mailwalk::journal {

// Appends batches of events, each of which is there as a whole or not at all. Any thread may call
// it: one makes promises, the other one commits.
class PromiseWriter {
 public:
  explicit PromiseWriter(const std::string& recording);
  // The file stays: what is in it was promised.
  ~PromiseWriter();
  PromiseWriter(const PromiseWriter&) = delete;
  PromiseWriter& operator=(const PromiseWriter&) = delete;

  // An earlier program promised so many events, and its log stays until the recording has them.
  void take_over(std::uint64_t events);

  // Returns when the events before `end` would survive a loss of power, or says why not. Those that
  // were promised before, or were in the file, are not asked for.
  using EventAt = std::function<const Event&(std::uint64_t position)>;
  Done keep(std::uint64_t end, const EventAt& event_at);

  // The recording has so many events on disk, with this fingerprint. What the log holds of them
  // goes.
  Done all_in_file(std::uint64_t events, const Fingerprint& fingerprint);

 private:
  struct Batch {
    std::uint64_t end_events;  // of the run, after its last one
    std::uint64_t end_octets;  // of the log, behind it
  };

  Done begin_log();
  Done append(std::string_view octets);
  Done begin_anew(std::size_t needless);
  Done replace_file(std::string_view octets);
  Done forget();
  [[nodiscard]] Error system_error() const;

  std::string path_;
  std::string next_path_;
  std::mutex mutex_;               // of all that follows
  std::uint64_t kept_events_ = 0;  // in the file or in the log
  Fingerprint fingerprint_;        // of these
  int file_ = -1;
  BatchMark mark_ = 0;             // of this file
  std::uint64_t end_octets_ = 0;   // of the head, and of the batches
  std::uint64_t room_octets_ = 0;  // of the file; what follows the batches is zeros
  std::deque<Batch> batches_;      // that are in it
  std::string batch_;              // of the last call: its memory is used again
};

}  // namespace mailwalk::journal
