#include "gui/told_events.hpp"

#include <algorithm>
#include <variant>

#include "base/one_of.hpp"
#include "journal/mailbox_effects.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

template <class P>
constexpr bool kAlwaysTold =
    kIsMailboxEffect<P> ||
    is_one_of<P, ConnectionOpening, ConnectionFailed, ConnectionReset, DatagramSent, DatagramLost,
              FaultInjected, NameLookedUp, PollStarted, PollFinished, TlsBroken>;

}  // namespace

bool ToldEvents::tells(const Event& event) {
  const ConnectionId connection = event.connection;
  return std::visit(
      [&](const auto& payload) {
        using P = std::decay_t<decltype(payload)>;
        if constexpr (is_one_of<P, CommandSent, ContentSent>) {
          own_clients_.insert(connection);
          return true;
        } else if constexpr (is_one_of<P, ReplySent>) {
          own_servers_.insert(connection);
          return true;
        } else if constexpr (is_one_of<P, CommandReceived, ContentReceived>) {
          return !own_clients_.contains(connection);
        } else if constexpr (is_one_of<P, ReplyReceived>) {
          return !own_servers_.contains(connection);
        } else if constexpr (is_one_of<P, TlsBegun>) {
          if (payload.side == Side::Client) tls_clients_.insert(connection);
          return false;
        } else if constexpr (is_one_of<P, TlsEstablished>) {
          return payload.side == Side::Client || !tls_clients_.contains(connection);
        } else if constexpr (is_one_of<P, ConnectionClosing>) {
          return closed_.insert(connection).second;
        } else if constexpr (is_one_of<P, AccountSet>) {
          return event.cause != kNoEvent;  // else it is part of the stage that is set
        } else if constexpr (is_one_of<P, RecipientSettled>) {
          return payload.outcome != Outcome::Relayed;  // MailDequeued tells of success
        } else {
          return kAlwaysTold<P>;
        }
      },
      event.payload);
}

Told ToldEvents::add(const Event& event, const Glimpse& glimpse) {
  const bool is_told = !glimpse.is_hidden && (tells(event) || !glimpse.records.empty());
  if (is_told) told_.push_back(event.position);
  return is_told ? Told::Yes : Told::No;
}

std::optional<EventPosition> ToldEvents::next(EventPosition from) const {
  const auto found =
      from == kNoEvent ? told_.begin() : std::upper_bound(told_.begin(), told_.end(), from);
  if (found == told_.end()) return std::nullopt;
  return *found;
}

std::optional<EventPosition> ToldEvents::at_or_before(EventPosition place) const {
  if (place == kNoEvent) return std::nullopt;
  const auto later = std::upper_bound(told_.begin(), told_.end(), place);
  if (later == told_.begin()) return std::nullopt;
  return *std::prev(later);
}

std::optional<EventPosition> ToldEvents::previous(EventPosition from) const {
  if (from == kNoEvent) return std::nullopt;
  const auto found = std::lower_bound(told_.begin(), told_.end(), from);
  if (found == told_.begin()) return std::nullopt;
  return *std::prev(found);
}

}  // namespace mailwalk::gui
