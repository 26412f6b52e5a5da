// Reads what was promised and is not in a recording yet, from the log beside it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "journal/recording_chain.hpp"
#include "journal/recording_promise_log.hpp"

namespace mailwalk::journal {

// The octets of the log, read at once; empty if there is none. Whoever reads a recording that is
// being written reads this first: then what it lacks is in the recording.
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
  explicit PromiseReader(std::string name) : name_(std::move(name)) {}
  Done begin_batch(const EventChain& chain);
  Done check_known_part(const EventChain& chain);
  Result<Event> take_event(EventChain& chain);
  std::optional<WrittenEvent> take_written();
  [[nodiscard]] Error damaged() const;
  [[nodiscard]] Error too_late() const;
  [[nodiscard]] Error not_its_own() const;

  std::string name_;
  std::deque<PromisedBatch> batches_;  // that are left
  std::optional<EventChain> before_;   // the first of them, if the recording reaches so far
  bool is_within_ = false;             // the first of them
  Bytes latest_content_;               // in it
};

}  // namespace mailwalk::journal
