#include "journal/journal.hpp"

#include <cassert>

#include "journal/event_codec.hpp"

namespace mailwalk::journal {

EventPosition Journal::append(VirtualTime time, NodeId node, ConnectionId connection,
                              EventPosition cause, Payload&& payload) {
  assert(cause == kNoEvent || cause.value() < size_);
  if (chunks_.empty() || chunks_.back()->size() == kEventsPerChunk) {
    chunks_.push_back(std::make_unique<std::vector<Event>>());
    chunks_.back()->reserve(kEventsPerChunk);
  }
  const EventPosition position{size_++};
  std::vector<Event>& chunk = *chunks_.back();
  chunk.push_back({position, time, node, connection, cause, std::move(payload)});
  if (listener_ != nullptr) listener_->appended(chunk.back());
  return position;
}

const Event& Journal::operator[](EventPosition position) const {
  assert(position.value() < size_);
  return (*chunks_[position.value() / kEventsPerChunk])[position.value() % kEventsPerChunk];
}

std::string Journal::fingerprint() const {
  Fingerprint fingerprint;
  for (const Event& event : *this) add_to_fingerprint(event, fingerprint);
  return fingerprint.text();
}

}  // namespace mailwalk::journal
