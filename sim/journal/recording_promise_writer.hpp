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
#include <optional>
#include <string>
#include <string_view>

#include "base/fingerprint.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"
#include "journal/recording_promise_log.hpp"

namespace mailwalk::journal {

// Appends batches of events, each of which is there as a whole or not at all. Any thread may call
// it: one makes promises, the other one commits. After the first error nothing is kept any more.
//
// As long as there is a log it is locked (flock), so that nobody takes it for one that was left:
// between two batches the recording itself is free for a moment.
class PromiseWriter {
 public:
  explicit PromiseWriter(const std::string& recording);
  // The file stays: what is in it was promised.
  ~PromiseWriter();
  PromiseWriter(const PromiseWriter&) = delete;
  PromiseWriter& operator=(const PromiseWriter&) = delete;

  // The log that an earlier program left, if it did, is this one's from now on, and stays until the
  // recording has what is in it. An error says that somebody is writing it just now.
  Done take_over();
  // So many events are in the recording or in that log.
  void has_kept(std::uint64_t events);

  // Returns when the events before `end` would survive a loss of power, or says why not. Those that
  // were kept before, or are in the recording, are not asked for.
  using EventAt = std::function<const Event&(std::uint64_t position)>;
  Done keep(std::uint64_t end, const EventAt& event_at);

  // The recording has so many events on disk, with this fingerprint. What the log holds of them
  // goes.
  Done all_in_file(std::uint64_t events, const Fingerprint& fingerprint);

  // Nobody wants them any more.
  void discard();

 private:
  struct Batch {
    std::uint64_t end_events;  // of the run, after its last one
    std::uint64_t end_octets;  // of the log, behind it
  };

  Done keep_now(std::uint64_t end, const EventAt& event_at);
  Done drop(std::uint64_t events, const Fingerprint& fingerprint);
  Done begin_log();
  Done append(std::string_view octets);
  Done begin_anew(std::size_t needless);
  Done forget();
  Done remembered(Done done);
  [[nodiscard]] Error system_error() const;

  std::string path_;
  std::string next_path_;
  std::mutex mutex_;               // of all that follows
  std::optional<Error> error_;     // the first one
  std::uint64_t kept_events_ = 0;  // in the recording or in the log
  Fingerprint fingerprint_;        // of these
  int left_ = -1;                  // the log of an earlier program
  int file_ = -1;
  BatchMark mark_ = 0;             // of this file
  std::uint64_t end_octets_ = 0;   // of the head, and of the batches
  std::uint64_t room_octets_ = 0;  // of the file; what follows the batches is zeros
  std::deque<Batch> batches_;      // that are in it
  std::string batch_;              // of the last call: its memory is used again
};

}  // namespace mailwalk::journal
