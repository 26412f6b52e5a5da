#include "store/mta_queue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

namespace mailwalk::store {

std::string text(QueueId id) {
  return fmt::format("{:05X}", id.value());
}

std::vector<mail::Mailbox> QueueEntry::pending() const {
  std::vector<mail::Mailbox> mailboxes;
  for (const QueuedRecipient& recipient : recipients) {
    if (recipient.state == RecipientState::Pending) mailboxes.push_back(recipient.mailbox);
  }
  return mailboxes;
}

bool QueueEntry::settled() const {
  return std::all_of(recipients.begin(), recipients.end(), [](const QueuedRecipient& recipient) {
    return recipient.state == RecipientState::Done;
  });
}

MtaQueue::MtaQueue(RetrySchedule schedule, QueueLimits limits)
    : schedule_(schedule), limits_(limits) {}

// ---- In and out ------------------------------------------------------------------------------

bool MtaQueue::has_room_for(std::uint64_t bytes) const {
  return entries_.size() < limits_.entries && bytes <= limits_.bytes - used_bytes_;
}

std::variant<QueueId, QueueFull> MtaQueue::add(mail::Envelope envelope, Bytes content,
                                               VirtualTime now) {
  if (!has_room_for(content.size())) return QueueFull{entries_.size(), used_bytes_};
  QueueEntry added;
  added.id = QueueId{next_id_++};
  for (const mail::Mailbox& mailbox : envelope.recipients) {
    added.recipients.push_back({mailbox, RecipientState::Pending, std::nullopt});
  }
  added.envelope = std::move(envelope);
  used_bytes_ += content.size();
  added.content = std::move(content);
  added.arrived_at = now;
  added.next_try = now;
  const QueueId id = added.id;
  entries_.emplace(id, std::move(added));
  return id;
}

void MtaQueue::remove(QueueId id) {
  used_bytes_ -= entry(id).content.size();
  entries_.erase(id);
}

const QueueEntry* MtaQueue::find(QueueId id) const {
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : &found->second;
}

QueueEntry& MtaQueue::entry(QueueId id) {
  const auto found = entries_.find(id);
  assert(found != entries_.end());
  return found->second;
}

// ---- When ------------------------------------------------------------------------------------

std::vector<QueueId> MtaQueue::due(VirtualTime now) const {
  std::vector<const QueueEntry*> ready;
  for (const auto& [id, queued] : entries_) {
    if (queued.activity == Activity::Waiting && queued.next_try <= now) ready.push_back(&queued);
  }
  std::stable_sort(ready.begin(), ready.end(), [](const QueueEntry* a, const QueueEntry* b) {
    return a->next_try < b->next_try;
  });
  std::vector<QueueId> ids;
  for (const QueueEntry* queued : ready) ids.push_back(queued->id);
  return ids;
}

std::optional<VirtualTime> MtaQueue::next_due() const {
  std::optional<VirtualTime> earliest;
  for (const auto& [id, queued] : entries_) {
    if (queued.activity != Activity::Waiting) continue;
    if (!earliest || queued.next_try < *earliest) earliest = queued.next_try;
  }
  return earliest;
}

bool MtaQueue::expired(QueueId id, VirtualTime now) const {
  const QueueEntry* queued = find(id);
  assert(queued != nullptr);
  return schedule_.expired(now - queued->arrived_at);
}

void MtaQueue::set_next_try(QueueId id, VirtualTime next_try) {
  QueueEntry& waiting = entry(id);
  assert(waiting.activity == Activity::Waiting);
  waiting.next_try = next_try;
}

void MtaQueue::flush(VirtualTime now) {
  for (auto& [id, queued] : entries_) {
    if (queued.activity == Activity::Waiting) queued.next_try = std::min(queued.next_try, now);
  }
}

// ---- An attempt ------------------------------------------------------------------------------

const QueueEntry& MtaQueue::begin(QueueId id) {
  QueueEntry& tried = entry(id);
  assert(tried.activity == Activity::Waiting);
  tried.activity = Activity::Trying;
  ++tried.attempts;
  return tried;
}

void MtaQueue::settle(QueueId id, std::size_t recipient, std::optional<Diagnostic> last) {
  QueuedRecipient& settled = pending_recipient(id, recipient);
  settled.state = RecipientState::Done;
  settled.last = std::move(last);
}

void MtaQueue::set_back(QueueId id, std::size_t recipient, Diagnostic last) {
  pending_recipient(id, recipient).last = std::move(last);
}

QueuedRecipient& MtaQueue::pending_recipient(QueueId id, std::size_t recipient) {
  QueueEntry& tried = entry(id);
  assert(recipient < tried.recipients.size());
  assert(tried.recipients[recipient].state == RecipientState::Pending);
  return tried.recipients[recipient];
}

VirtualTime MtaQueue::defer(QueueId id, VirtualTime now) {
  QueueEntry& deferred = entry(id);
  assert(deferred.activity == Activity::Trying);
  deferred.activity = Activity::Waiting;
  deferred.next_try = now + schedule_.wait(now - deferred.arrived_at);
  return deferred.next_try;
}

}  // namespace mailwalk::store
