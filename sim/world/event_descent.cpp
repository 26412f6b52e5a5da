#include "world/event_descent.hpp"

#include <string_view>
#include <type_traits>
#include <variant>

#include "base/fingerprint.hpp"
#include "base/one_of.hpp"

namespace mailwalk::world {
namespace {

using journal::Event;
using journal::payload_if;

void add(Fingerprint& to, const Bytes& text) {
  to.add_text(text.view());
}
void add(Fingerprint& to, const journal::Verb& verb) {
  to.add_number(verb.index());
  to.add_number(std::visit([](auto v) { return static_cast<std::uint64_t>(v); }, verb));
}
void add(Fingerprint& to, const journal::SessionState& state) {
  to.add_number(std::visit([](auto s) { return static_cast<std::uint64_t>(s); }, state));
}

// Whole, but where the line holds what is drawn or counted: a digest, a size, a name.
void add_line(Fingerprint& to, const journal::Verb& verb, journal::Secrecy secrecy,
              const Bytes& line) {
  add(to, verb);
  const bool may_vary = secrecy == journal::Secrecy::Secret ||
                        verb == journal::Verb(smtp::Verb::Mail) ||
                        verb == journal::Verb(smtp::Verb::Ehlo);
  if (!may_vary) add(to, line);
}

// What makes an event this one among others of its kind with the same origin.
struct CausingWords {
  Fingerprint& to;

  template <class P>
  void operator()(const P& payload) const {
    if constexpr (is_one_of<P, journal::CommandSent, journal::CommandReceived>) {
      add_line(to, payload.verb, payload.secrecy, payload.line);
    } else if constexpr (is_one_of<P, journal::ReplySent, journal::ReplyReceived>) {
      if (payload.to) add(to, *payload.to);
    } else if constexpr (is_one_of<P, journal::SessionStateChanged>) {
      add(to, payload.from);
      add(to, payload.to);
      to.add_number(static_cast<std::uint64_t>(payload.side));
    } else if constexpr (is_one_of<P, journal::PersonActed>) {
      to.add_number(static_cast<std::uint64_t>(payload.act));
      add(to, payload.detail);
    } else if constexpr (is_one_of<P, journal::NameLookedUp>) {
      add(to, payload.question);
    } else if constexpr (is_one_of<P, journal::ConnectionOpening>) {
      to.add_number(payload.to.value());
      to.add_number(payload.port.value());
    } else if constexpr (is_one_of<P, journal::RecipientSettled>) {
      add(to, payload.recipient);
    } else if constexpr (requires { payload.uid; }) {
      add(to, payload.uid);
    } else if constexpr (requires { payload.account; }) {
      add(to, payload.account);
    } else if constexpr (requires { payload.name; }) {
      add(to, payload.name);
    } else if constexpr (requires { payload.owner; }) {
      add(to, payload.owner);
    }
  }
};

// Things that happen again and again, of which the third on one side is the third on the other,
// with all that comes of it.
bool is_counted(const Event& event) {
  return std::visit(
      [](const auto& payload) {
        using P = std::decay_t<decltype(payload)>;
        return is_one_of<P, journal::PersonActed, journal::PollStarted, journal::ConnectionOpening,
                         journal::MailComposed, journal::MailQueued, journal::RetryScheduled,
                         journal::SubmissionDeferred, journal::AccountSet>;
      },
      event.payload);
}

std::uint64_t end_of(const Event& event) {
  return std::uint64_t{event.connection.value()} << 32 | event.node.value();
}

}  // namespace

std::uint64_t Descents::add(const Event& event) {
  Fingerprint own;
  own.add_number(event.payload.index());
  own.add_number(event.node.value());
  own.add_number(origin(event));
  std::visit(CausingWords{own}, event.payload);
  if (is_counted(event)) own.add_number(++counts_[own.value()]);
  if (payload_if<journal::ConnectionOpening>(event) != nullptr) {
    connections_[event.connection] = own.value();
  }
  remember_said(event, own.value());
  descents_.push_back(own.value());
  return own.value();
}

std::uint64_t Descents::origin(const Event& event) {
  // A device asks at its own pace, whoever set the pace last.
  if (payload_if<journal::PollStarted>(event) != nullptr) return 0;
  const bool begins = payload_if<journal::ConnectionOpening>(event) != nullptr;
  if (event.connection == kNoConnection || begins) {
    return event.cause == kNoEvent ? 0 : descents_[event.cause.value()];
  }
  if (const auto* sent = payload_if<journal::BytesDelivered>(event)) return of(sent->sent);
  if (const auto* sent = payload_if<journal::BytesLost>(event)) return of(sent->sent);
  if (payload_if<journal::BytesSent>(event) != nullptr) {
    const auto said = said_.find(end_of(event));
    if (said != said_.end()) {
      const std::uint64_t what = said->second;
      said_.erase(said);
      return what;
    }
  }
  return connections_[event.connection];
}

std::uint64_t Descents::of(EventPosition earlier) const {
  return earlier.value() < descents_.size() ? descents_[earlier.value()] : 0;
}

// The next octets that leave this end are these words.
void Descents::remember_said(const Event& event, std::uint64_t own) {
  const bool says = payload_if<journal::CommandSent>(event) != nullptr ||
                    payload_if<journal::ReplySent>(event) != nullptr ||
                    payload_if<journal::ContentSent>(event) != nullptr;
  if (says) said_.emplace(end_of(event), own);
}

}  // namespace mailwalk::world
