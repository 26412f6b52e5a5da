// The format of FILE-promised, a log beside a recording: what was promised and is not in the
// recording yet. recording.md describes it for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace mailwalk::journal {

// Where it is, for a recording at this path.
std::string promises_path(const std::string& recording);
// Where one is written that is to take its place. Until it does, it is nothing.
std::string next_promises_path(const std::string& recording);

// What every batch of a log begins with, as 8 octets. It is drawn by lot for each log: so whatever
// somebody sends, and the events then hold, nothing in them can pass for a batch.
using BatchMark = std::uint64_t;
// Of logs from before marks were drawn.
inline constexpr std::string_view kOldBatchMark = "MaWkProm";

// What a log begins with: it tells the mark. For whoever knows only the old mark this is a batch
// that does not belong to any recording, so that nothing is passed over in silence.
std::string log_head(BatchMark mark);

// What stands before the octets of a batch: its events are those from `begin` to `end`, and the
// fingerprint is that of all before them.
inline constexpr std::size_t kBatchHeadOctets = 48;
std::string batch_head(BatchMark mark, std::uint64_t begin, std::uint64_t end,
                       std::uint64_t fingerprint, std::string_view events);

// In place of a content's length: it is that of the last event in the batch that had one.
inline constexpr std::uint32_t kSameContent = ~std::uint32_t{0};

struct PromisedBatch {
  std::uint64_t begin = 0;        // position of its first event
  std::uint64_t end = 0;          // and after its last one
  std::uint64_t fingerprint = 0;  // of all events of the run before the first one
  std::string_view events;        // octets
};

// Walks through the batches of a log. The octets stay where they are while this lives.
class PromiseLog {
 public:
  // nullopt: it is damaged at its very beginning. One whose first batch never reached the disk is
  // one without batches.
  static std::optional<PromiseLog> open(std::string_view octets);

  // The next one; nullopt if the log does not go on with a batch that is whole.
  std::optional<PromisedBatch> take_batch();

  // Whether there is a whole one behind the place at which take_batch() has stopped: one that was
  // not finished is the last, since the next is begun when the disk has it. So this is damage.
  [[nodiscard]] bool has_gap() const;

 private:
  PromiseLog(std::string_view octets, std::string_view mark) : octets_(octets), mark_(mark) {}

  std::string_view octets_;  // that are left
  std::string_view mark_;
};

}  // namespace mailwalk::journal
