// A user agent that takes up what it did before: from the journal, as if nothing had happened.
#include <algorithm>
#include <utility>

#include "nodes/recalled_mail.hpp"
#include "nodes/user_agent.hpp"

namespace mailwalk::nodes {
namespace {

void remove_recipients(mail::Envelope& envelope, const std::vector<mail::Mailbox>& settled) {
  auto& pending = envelope.recipients;
  for (const mail::Mailbox& recipient : settled) {
    const auto found = std::find(pending.begin(), pending.end(), recipient);
    if (found != pending.end()) pending.erase(found);
  }
}

}  // namespace

void UserAgent::recall(const journal::Event& event) {
  const auto set_standing = [this](journal::OutboxId id, Standing standing, VirtualTime next_try) {
    const auto mail = outbox_.find(id);
    if (mail == outbox_.end()) return;
    mail->second.standing = standing;
    mail->second.next_try = next_try;
  };
  if (const auto* composed = journal::payload_if<journal::MailComposed>(event)) {
    recall(*composed, event.time);
  } else if (const auto* begun = journal::payload_if<journal::SubmissionBegun>(event)) {
    set_standing(begun->outbox, Standing::Sending, event.time);
  } else if (const auto* deferred = journal::payload_if<journal::SubmissionDeferred>(event)) {
    set_standing(deferred->outbox, Standing::Waiting, deferred->next_try);
  } else if (const auto* taken = journal::payload_if<journal::MailSubmitted>(event)) {
    recall(taken->outbox, taken->recipients, Settled::Taken, event.time);
  } else if (const auto* refused = journal::payload_if<journal::MailRefused>(event)) {
    recall(refused->outbox, refused->recipients, Settled::Refused, event.time);
  }
}

void UserAgent::recall(const journal::MailComposed& composed, VirtualTime when) {
  Outgoing mail;
  mail.envelope = recalled_envelope(composed.sender.view(), composed.recipients, composed.content);
  mail.content = composed.content;
  mail.composed_at = when;
  mail.next_try = when;
  outbox_[composed.outbox] = std::move(mail);
  next_id_ = std::max(next_id_, composed.outbox.value() + 1);
}

void UserAgent::recall(journal::OutboxId id, const journal::AddressList& recipients, Settled how,
                       VirtualTime when) {
  const auto found = outbox_.find(id);
  if (found == outbox_.end()) return;
  Outgoing& mail = found->second;
  if (how == Settled::Taken && !mail.sent_before) {
    store_.add_sent(config_.address.text(), mail.content, when);
    mail.sent_before = true;
  }
  remove_recipients(mail.envelope, recalled_addresses(recipients));
  if (!mail.envelope.recipients.empty()) return;
  if (mail.sent_before) {
    outbox_.erase(found);
  } else {
    mail.standing = Standing::Refused;
  }
}

void UserAgent::was_taken(journal::OutboxId id, const std::vector<mail::Mailbox>& recipients) {
  if (recipients.empty() || outbox_.count(id) == 0) return;
  journal::MailSubmitted taken{id, {}};
  for (const mail::Mailbox& recipient : recipients) taken.recipients.emplace_back(recipient.text());
  machine_.record(kNoConnection, taken);
  recall(id, taken.recipients, Settled::Taken, machine_.now());
}

void UserAgent::go_on() {
  for (auto& [id, mail] : outbox_) {
    if (mail.standing != Standing::Sending) continue;
    mail.standing = Standing::Waiting;
    mail.next_try = machine_.now();
    machine_.record(kNoConnection,
                    journal::SubmissionDeferred{id, mail.next_try, journal::Trouble::LineLost, {}});
  }
  work();
}

}  // namespace mailwalk::nodes
