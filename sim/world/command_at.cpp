#include "world/command_at.hpp"

#include <cstdint>

namespace mailwalk::world {
namespace {

using journal::Event;
using journal::Journal;
using journal::payload_if;

template <class Payload>
bool is_on(const Event& event, ConnectionId connection) {
  return event.connection == connection && payload_if<Payload>(event) != nullptr;
}

// What is sent in a certain order is read in the same order: the place of the nth Read, where the
// event is the nth Sent on its connection.
template <class Sent, class Read>
std::optional<EventPosition> counterpart(const Journal& journal, const Event& sent) {
  std::uint64_t ahead = 0;  // sent and not yet read
  for (const Event& event : journal) {
    if (is_on<Sent>(event, sent.connection) && event.position <= sent.position) ++ahead;
    if (!is_on<Read>(event, sent.connection)) continue;
    if (--ahead == 0 && event.position > sent.position) return event.position;
  }
  return std::nullopt;
}

// The place of the nth Sent, where the event is the nth Read.
template <class Sent, class Read>
std::optional<EventPosition> origin(const Journal& journal, const Event& read) {
  std::uint64_t number = 0;
  for (const Event& event : journal) {
    if (event.position > read.position) break;
    if (is_on<Read>(event, read.connection)) ++number;
  }
  for (const Event& event : journal) {
    if (is_on<Sent>(event, read.connection) && --number == 0) return event.position;
  }
  return std::nullopt;
}

// A server works through its input one by one: what it read last is what it answers.
std::optional<EventPosition> answered_by(const Journal& journal, const Event& reply) {
  for (std::uint64_t i = reply.position.value(); i-- > 0;) {
    const Event& event = journal[EventPosition{i}];
    if (is_on<journal::CommandReceived>(event, reply.connection) ||
        is_on<journal::ContentReceived>(event, reply.connection)) {
      return event.position;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<EventPosition> command_read_at(const Journal& journal, EventPosition position) {
  const Event& event = journal[position];
  if (payload_if<journal::CommandReceived>(event) || payload_if<journal::ContentReceived>(event)) {
    return position;
  }
  if (payload_if<journal::CommandSent>(event)) {
    return counterpart<journal::CommandSent, journal::CommandReceived>(journal, event);
  }
  if (payload_if<journal::ContentSent>(event)) {
    return counterpart<journal::ContentSent, journal::ContentReceived>(journal, event);
  }
  if (const auto* reply = payload_if<journal::ReplySent>(event)) {
    return reply->to ? answered_by(journal, event) : std::nullopt;
  }
  if (payload_if<journal::ReplyReceived>(event)) {
    const auto sent = origin<journal::ReplySent, journal::ReplyReceived>(journal, event);
    return sent ? command_read_at(journal, *sent) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<EventPosition> command_sent_from(const Journal& journal, EventPosition position,
                                               ConnectionId connection) {
  for (std::uint64_t i = position.value(); i < journal.size(); ++i) {
    if (is_on<journal::CommandSent>(journal[EventPosition{i}], connection)) {
      return EventPosition{i};
    }
  }
  return std::nullopt;
}

}  // namespace mailwalk::world
