// Writes what was promised and is not in a recording yet into a log beside it.
//
// A commit of SQLite waits for the disk several times, and whoever has a promise to keep wants to
// wait once. So the events that the file lacks are appended here, and the next commit, which brings
// them into the file, makes this needless. recording.md describes it for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "journal/journal.hpp"
#include "journal/recording_promise_log.hpp"

namespace mailwalk::journal {

// Appends batches of events, each of which is there as a whole or not at all.
class PromiseWriter {
 public:
  // REQUIRES that there is no log, or that forget() comes before keep().
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
  Done append(std::string_view octets);
  [[nodiscard]] Done check_in_place() const;
  [[nodiscard]] bool write_at(std::uint64_t place, std::string_view octets) const;
  [[nodiscard]] Error system_error() const;

  std::string path_;
  int file_ = -1;
  BatchMark mark_ = 0;             // of this file
  std::uint64_t end_octets_ = 0;   // of the batches in it
  std::uint64_t room_octets_ = 0;  // of the file; what follows the batches is zeros
  std::string batch_;              // of the last call: its memory is used again
};

}  // namespace mailwalk::journal
