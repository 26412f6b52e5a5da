#include "world/handovers.hpp"

#include <iterator>
#include <utility>

#include "smtp/command.hpp"

namespace mailwalk::world {
namespace {

using journal::Event;
using journal::payload_if;
using MailAtClient = std::variant<journal::OutboxId, journal::QueueNumber>;

bool is_positive_code(std::uint16_t code) {
  return code / 100 == 2;
}

// Of RCPT; nullopt for one that no client of ours sends.
std::optional<mail::Mailbox> recipient_in(std::string_view line) {
  const auto path = smtp::after_keyword(smtp::parse_command(line).argument, "TO:");
  return path ? mail::parse_forward_path(*path, mail::Utf8::Allowed).mailbox : std::nullopt;
}

// What a mail at a client has come to with this event; nullopt: it says nothing of that.
std::optional<MailAtClient> concluded_by(const Event& event) {
  if (const auto* e = payload_if<journal::MailSubmitted>(event)) return e->outbox;
  if (const auto* e = payload_if<journal::MailRefused>(event)) return e->outbox;
  if (const auto* e = payload_if<journal::SubmissionDeferred>(event)) return e->outbox;
  if (const auto* e = payload_if<journal::RetryScheduled>(event)) return e->queue;
  if (const auto* e = payload_if<journal::MailDequeued>(event)) return e->queue;
  return std::nullopt;
}

}  // namespace

void Handovers::look_at(const Event& event) {
  if (const auto* begun = payload_if<journal::SubmissionBegun>(event)) {
    return begin(event, begun->outbox);
  }
  if (const auto* begun = payload_if<journal::RelayBegun>(event)) return begin(event, begun->queue);
  if (const auto mail = concluded_by(event)) return conclude(event.node, *mail);
  hear_command(event);
  hear_reply(event);
}

void Handovers::begin(const Event& event, MailAtClient mail) {
  Talk& talk = talks_[event.connection];
  talk.handover.client = event.node;
  talk.handover.mail = mail;
}

void Handovers::conclude(NodeId client, MailAtClient mail) {
  for (auto talk = talks_.begin(); talk != talks_.end();) {
    const Handover& handover = talk->second.handover;
    const bool is_it = handover.client == client && handover.mail == mail;
    talk = is_it ? talks_.erase(talk) : std::next(talk);
  }
}

void Handovers::hear_command(const Event& event) {
  const auto found = talks_.find(event.connection);
  if (found == talks_.end()) return;
  Talk& talk = found->second;
  const auto hear = [&talk](const journal::Verb& verb, const Bytes& line) {
    if (verb == journal::Verb(smtp::Verb::Mail)) talk.accepted.clear();
    if (verb == journal::Verb(smtp::Verb::Rcpt)) talk.asked.push_back(recipient_in(line.view()));
  };
  if (const auto* sent = payload_if<journal::CommandSent>(event)) {
    if (!talk.server_tells) hear(sent->verb, sent->line);
  } else if (const auto* received = payload_if<journal::CommandReceived>(event)) {
    // Its own account begins with the first command, which is never RCPT.
    talk.server_tells = true;
    hear(received->verb, received->line);
  }
}

void Handovers::hear_reply(const Event& event) {
  const auto found = talks_.find(event.connection);
  if (found == talks_.end()) return;
  Talk& talk = found->second;
  const auto hear = [&talk](const std::optional<journal::Verb>& to, std::uint16_t code) {
    if (to == journal::Verb(smtp::Verb::Rcpt) && !talk.asked.empty()) {
      const auto recipient = std::move(talk.asked.front());
      talk.asked.pop_front();
      if (recipient && is_positive_code(code)) talk.accepted.push_back(*recipient);
    }
    if (to != journal::Verb(smtp::Verb::EndOfData)) return;
    auto& taken = talk.handover.taken;
    if (is_positive_code(code))
      taken.insert(taken.end(), talk.accepted.begin(), talk.accepted.end());
    talk.accepted.clear();
  };
  if (const auto* received = payload_if<journal::ReplyReceived>(event)) {
    if (!talk.server_tells) hear(received->to, received->code);
  } else if (const auto* sent = payload_if<journal::ReplySent>(event)) {
    hear(sent->to, sent->code);
  }
}

std::vector<Handover> Handovers::unheard() const {
  std::vector<Handover> handovers;
  for (const auto& [connection, talk] : talks_) {
    if (!talk.handover.taken.empty()) handovers.push_back(talk.handover);
  }
  return handovers;
}

}  // namespace mailwalk::world
