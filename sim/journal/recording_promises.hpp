// What was promised and is not in a recording yet: the file FILE-promised beside it.
//
// A commit of SQLite waits for the disk several times, and whoever has a promise to keep wants to
// wait once. So the events that the file lacks are appended here, and the next commit, which brings
// them into the file, makes this needless. recording.md describes it for people.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "journal/recording_chain.hpp"

namespace mailwalk::journal {

// Where it is, for a recording at this path.
std::string promises_path(const std::string& recording);

// What stands before the octets of a batch: its events are those from `begin` to `end`, and the
// fingerprint is that of all before them.
std::string batch_head(std::uint64_t begin, std::uint64_t end, std::uint64_t fingerprint,
                       std::string_view events);

// Appends batches of events, each of which is there as a whole or not at all.
class PromiseWriter {
 public:
  // REQUIRES that there is none, or that forget() comes before keep().
  explicit PromiseWriter(const std::string& recording);
  // The file stays: what is in it was promised.
  ~PromiseWriter();
  PromiseWriter(const PromiseWriter&) = delete;
  PromiseWriter& operator=(const PromiseWriter&) = delete;

  // Returns when the events from `begin` to `end` would survive a loss of power, or says why not.
  // `fingerprint` is that of all events before `begin`. Of two calls without forget() between them
  // the second one goes on where the first one ended.
  Done keep(const Journal& journal, std::uint64_t begin, std::uint64_t end,
            std::uint64_t fingerprint);

  // The recording has it all, on disk.
  Done forget();

 private:
  Done make_file();
  Done append();
  [[nodiscard]] bool write_at(std::uint64_t place, std::string_view octets) const;
  [[nodiscard]] Error system_error() const;

  std::string path_;
  int file_ = -1;
  std::uint64_t end_octets_ = 0;   // of the batches in it
  std::uint64_t room_octets_ = 0;  // of the file; what follows the batches is zeros
  std::string batch_;              // of the last call: its memory is used again
};

// The octets of such a file, read at once; empty if there is none. Whoever reads a recording that
// is being written reads this first: then what it lacks is in the recording.
Result<std::string> load_promises(const std::string& recording);

// Reads batches and believes none. A last one that was not finished was never promised, and is
// passed over.
class PromiseReader {
 public:
  // Of octets that stay where they are while this lives. `name` is for messages. An error if
  // something that was finished is damaged.
  static Result<PromiseReader> open(std::string_view octets, const std::string& name);

  // The recording itself gives these events. REQUIRES that this is called before the first one and
  // after each. An error says that the batches do not belong to it.
  Done pass(const EventChain& chain);

  // Once the recording has given its last event: the next one after it, or nothing after the last
  // one, or what is wrong. The chain is that of the recording's events.
  Result<std::optional<Event>> next(EventChain& chain);

 private:
  struct Batch {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint64_t fingerprint = 0;  // of all events before the first one
    std::string_view events;
  };

  explicit PromiseReader(std::string name) : name_(std::move(name)) {}
  Result<WrittenEvent> take_event();
  [[nodiscard]] Error damaged() const;
  [[nodiscard]] Error too_late() const;
  [[nodiscard]] Error not_its_own() const;

  std::string name_;
  std::deque<Batch> batches_;  // that are left
  bool is_within_ = false;     // the first of them
  Bytes latest_content_;       // in it
};

}  // namespace mailwalk::journal
