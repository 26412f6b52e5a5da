// The events of a recording, each checked against those before it: whoever made the file may have
// lied, and the disk may have garbled it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.hpp"
#include "base/fingerprint.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"

namespace mailwalk::journal {

// An event as it was written; nothing about it is known to be right.
struct WrittenEvent {
  std::int64_t time_us = 0;
  NodeId node;
  ConnectionId connection;
  EventPosition cause = kNoEvent;
  std::int64_t kind = 0;
  std::string_view fields;
  Bytes content;  // that stands apart; empty: nothing does
};

class EventChain {
 public:
  // `name` is for messages.
  explicit EventChain(std::string name) : name_(std::move(name)) {}

  // The next event, or what is wrong with it.
  Result<Event> add(WrittenEvent written);

  // So many events were added, and this is the fingerprint of all of them.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const Fingerprint& fingerprint() const { return fingerprint_; }

  // "NAME: event 12: what"
  [[nodiscard]] Error error_at(EventPosition position, const std::string& what) const;
  [[nodiscard]] Error error_at_next(const std::string& what) const {
    return error_at(EventPosition{size_}, what);
  }

 private:
  std::string name_;
  Fingerprint fingerprint_;
  std::uint64_t size_ = 0;
  std::int64_t latest_us_ = 0;  // time of the last event
};

}  // namespace mailwalk::journal
