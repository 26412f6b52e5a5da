#include "gui/inspector/causes.hpp"

#include <algorithm>
#include <type_traits>
#include <variant>

#include "base/one_of.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

// Between two things that are told lie a handful of others; only a forged recording has more.
constexpr int kMostBetween = 64;
constexpr std::size_t kMostLookedAt = 512;

bool is_told(const ToldEvents& told, EventPosition position) {
  return std::binary_search(told.all().begin(), told.all().end(), position);
}

std::size_t slot_of(EventPosition position) {
  return static_cast<std::size_t>(position.value());
}

}  // namespace

// What was said before it is not received any more: a mail's content that a session refuses is not
// told by the other side.
EventPosition Causes::take(std::deque<Said>& waiting, Words what, EventPosition otherwise) {
  const auto found = std::find_if(waiting.begin(), waiting.end(),
                                  [&](const Said& said) { return said.what == what; });
  if (found == waiting.end()) return otherwise;
  const EventPosition position = found->position;
  waiting.erase(waiting.begin(), found + 1);
  return position;
}

EventPosition Causes::find_reason(const Event& event) {
  if (event.connection == kNoConnection) return event.cause;
  Talk& talk = talks_[event.connection];
  // What the same machine did on this connection, set going by the same event.
  const auto alongside = [&](const std::unordered_map<NodeId, Moment>& moments) {
    const auto found = moments.find(event.node);
    const bool belongs = found != moments.end() && found->second.cause == event.cause;
    return belongs ? found->second.position : event.cause;
  };
  return std::visit(
      [&](const auto& payload) {
        using P = std::decay_t<decltype(payload)>;
        if constexpr (std::is_same_v<P, CommandReceived>) {
          return take(talk.by_client, Words::Command, event.cause);
        } else if constexpr (std::is_same_v<P, ReplyReceived>) {
          return take(talk.by_server, Words::Reply, event.cause);
        } else if constexpr (std::is_same_v<P, ContentReceived>) {
          return take(talk.by_client, Words::Content, event.cause);
        } else if constexpr (is_one_of<P, BytesDelivered, BytesLost>) {
          return payload.sent;
        } else if constexpr (std::is_same_v<P, BytesSent>) {
          return alongside(talk.said);
        } else {
          return alongside(talk.received);
        }
      },
      event.payload);
}

void Causes::remember(const Event& event) {
  if (event.connection == kNoConnection) return;
  Talk& talk = talks_[event.connection];
  const Moment moment{event.position, event.cause};
  std::visit(
      [&](const auto& payload) {
        using P = std::decay_t<decltype(payload)>;
        if constexpr (std::is_same_v<P, CommandSent>) {
          talk.by_client.push_back({Words::Command, event.position});
        }
        if constexpr (std::is_same_v<P, ContentSent>) {
          talk.by_client.push_back({Words::Content, event.position});
        }
        if constexpr (std::is_same_v<P, ReplySent>) {
          talk.by_server.push_back({Words::Reply, event.position});
        }
        if constexpr (is_one_of<P, CommandSent, ReplySent, ContentSent>) {
          talk.said[event.node] = moment;
        }
        if constexpr (is_one_of<P, CommandReceived, ReplyReceived, ContentReceived>) {
          talk.received[event.node] = moment;
        }
      },
      event.payload);
}

void Causes::add(const Event& event) {
  EventPosition reason = find_reason(event);
  if (reason >= event.position) reason = kNoEvent;  // only a forged recording has such
  remember(event);
  reasons_.push_back(reason);
  first_.push_back(kNoEvent);
  last_.push_back(kNoEvent);
  next_.push_back(kNoEvent);
  if (reason == kNoEvent) return;
  if (first_[slot_of(reason)] == kNoEvent) {
    first_[slot_of(reason)] = event.position;
  } else {
    next_[slot_of(last_[slot_of(reason)])] = event.position;
  }
  last_[slot_of(reason)] = event.position;
}

EventPosition Causes::reason(EventPosition of) const {
  return of.value() < reasons_.size() ? reasons_[slot_of(of)] : kNoEvent;
}

std::vector<EventPosition> Causes::effects(EventPosition reason, std::size_t most) const {
  std::vector<EventPosition> found;
  if (reason.value() >= first_.size()) return found;
  EventPosition effect = first_[slot_of(reason)];
  for (; effect != kNoEvent && found.size() < most; effect = next_[slot_of(effect)]) {
    found.push_back(effect);
  }
  return found;
}

std::optional<EventPosition> told_cause(const Causes& causes, const ToldEvents& told,
                                        EventPosition of) {
  EventPosition at = causes.reason(of);
  for (int step = 0; step < kMostBetween && at != kNoEvent; ++step) {
    if (is_told(told, at)) return at;
    at = causes.reason(at);
  }
  return std::nullopt;
}

std::vector<EventPosition> told_effects(const Causes& causes, const ToldEvents& told,
                                        EventPosition of, std::size_t most) {
  std::vector<EventPosition> found;
  std::vector<EventPosition> open = causes.effects(of, kMostLookedAt);
  for (std::size_t i = 0; i < open.size() && i < kMostLookedAt && found.size() < most; ++i) {
    if (is_told(told, open[i])) {
      found.push_back(open[i]);
      continue;
    }
    const auto further = causes.effects(open[i], kMostLookedAt);
    open.insert(open.end(), further.begin(), further.end());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace mailwalk::gui
