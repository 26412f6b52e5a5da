// An MTA that takes up what it did before: from the journal, as if nothing had happened.
#include <algorithm>
#include <utility>

#include "nodes/mta.hpp"
#include "nodes/recalled_mail.hpp"

namespace mailwalk::nodes {
namespace {

// Its place in the entry; its end if nobody of that name waits for anything.
std::size_t place_of_pending(const store::QueueEntry& entry, const std::string& address) {
  const auto found = std::find_if(
      entry.recipients.begin(), entry.recipients.end(), [&](const store::QueuedRecipient& one) {
        return one.state == store::RecipientState::Pending && one.mailbox.text() == address;
      });
  return static_cast<std::size_t>(found - entry.recipients.begin());
}

}  // namespace

// The queue does again what it did then, at the times at which it did it: so its numbers and times
// come out as they were.
void Mta::recall(const journal::Event& event) {
  if (const auto* queued = journal::payload_if<journal::MailQueued>(event)) {
    recall(*queued, event.time);
  } else if (const auto* begun = journal::payload_if<journal::RelayBegun>(event)) {
    interrupted_.insert(begun->queue);
  } else if (const auto* settled = journal::payload_if<journal::RecipientSettled>(event)) {
    recall(*settled);
  } else if (const auto* retry = journal::payload_if<journal::RetryScheduled>(event)) {
    interrupted_.erase(retry->queue);
    const store::QueueEntry* entry = queue_.find(retry->queue);
    if (entry == nullptr) return;
    if (entry->attempts < retry->attempts) {
      queue_.begin(retry->queue);
      queue_.defer(retry->queue, event.time);
    }
    // An attempt that was cut short did not count, and is made up for at once.
    queue_.set_next_try(retry->queue, retry->next_try);
  } else if (const auto* dequeued = journal::payload_if<journal::MailDequeued>(event)) {
    interrupted_.erase(dequeued->queue);
    if (queue_.find(dequeued->queue) != nullptr) queue_.remove(dequeued->queue);
  } else if (journal::payload_if<journal::LetterDelivered>(event) != nullptr) {
    ++message_ids_;
  }
}

void Mta::recall(const journal::MailQueued& queued, VirtualTime when) {
  ++message_ids_;
  queue_.add(recalled_envelope(queued.sender.view(), queued.recipients, queued.content),
             queued.content, when);
}

void Mta::recall(const journal::RecipientSettled& settled) {
  const store::QueueEntry* entry = queue_.find(settled.queue);
  if (entry == nullptr) return;
  const std::size_t place = place_of_pending(*entry, std::string(settled.recipient.view()));
  if (place == entry->recipients.size()) return;
  store::Diagnostic said;
  said.reason = std::string(settled.reason.view());
  if (settled.outcome == journal::Outcome::Deferred) {
    queue_.set_back(settled.queue, place, std::move(said));
  } else {
    queue_.settle(settled.queue, place, std::move(said));
  }
}

void Mta::was_taken(store::QueueId id, const std::vector<mail::Mailbox>& recipients) {
  const store::QueueEntry* entry = queue_.find(id);
  if (entry == nullptr) return;
  for (const mail::Mailbox& recipient : recipients) {
    const std::size_t place = place_of_pending(*entry, recipient.text());
    if (place == entry->recipients.size()) continue;
    queue_.settle(id, place, std::nullopt);
    machine_.record(
        kNoConnection,
        journal::RecipientSettled{
            id, Bytes(recipient.text()), journal::Outcome::Relayed, journal::Trouble::None, {}});
  }
  if (!entry->settled()) return;
  interrupted_.erase(id);
  machine_.record(kNoConnection, journal::MailDequeued{id});
  queue_.remove(id);
}

void Mta::go_on() {
  for (const store::QueueId id : std::exchange(interrupted_, {})) {
    const store::QueueEntry* entry = queue_.find(id);
    if (entry == nullptr) continue;
    queue_.set_next_try(id, machine_.now());
    machine_.record(kNoConnection, journal::RetryScheduled{id, machine_.now(), entry->attempts});
  }
  next_work_.set(queue_.next_due());
}

}  // namespace mailwalk::nodes
