#include <algorithm>
#include <utility>

#include "journal/letter_tracing.hpp"

namespace mailwalk::journal::reduction {
namespace {

constexpr QueueNumber kNoQueue{};  // as LetterDelivered and MailBounced say "none"

QueuedMail* queued_mail(const Step& step, QueueNumber queue) {
  Machine* machine = step.machine();
  Shared<QueuedMail>* mail = machine == nullptr ? nullptr : machine->queue.edit(queue);
  return mail == nullptr ? nullptr : &mail->edit();
}

bool is_pending(const QueuedRecipient& recipient) {
  return !recipient.outcome || *recipient.outcome == Outcome::Deferred;
}

// A mail that came over no connection was made here: a notification.
Origin origin(const Step& step) {
  return step.event.connection == kNoConnection ? Origin::Notice : Origin::FromOutside;
}

}  // namespace

void reduce(const Step& step, const MailQueued& queued) {
  Machine* machine = step.machine();
  if (machine == nullptr || queued.queue == kNoQueue || machine->queue.contains(queued.queue))
    return;
  const LetterId letter =
      letter_arrived(step, {origin(step), queued.sender, queued.recipients, queued.content});
  QueuedMail mail;
  mail.copy = make_copy(step, letter, Place::Queue);
  mail.queue_id = queued.queue_id;
  mail.sender = queued.sender;
  for (const Bytes& address : queued.recipients) {
    mail.recipients.push_back({address, std::nullopt, Trouble::None, {}});
  }
  mail.content = queued.content;
  mail.arrived_at = step.event.time;
  mail.next_try = step.event.time;
  machine->queue.set(queued.queue, Shared<QueuedMail>(std::move(mail)));
}

void reduce(const Step& step, const RelayBegun& begun) {
  QueuedMail* mail = queued_mail(step, begun.queue);
  if (mail == nullptr) return;
  mail->state = QueueState::Trying;
  letter_offered(step, mail->copy.letter);
}

void reduce(const Step& step, const RecipientSettled& settled) {
  QueuedMail* mail = queued_mail(step, settled.queue);
  if (mail == nullptr) return;
  const auto recipient = std::find_if(
      mail->recipients.begin(), mail->recipients.end(),
      [&](const QueuedRecipient& r) { return is_pending(r) && r.address == settled.recipient; });
  if (recipient == mail->recipients.end()) return;
  recipient->outcome = settled.outcome;
  recipient->trouble = settled.trouble;
  recipient->reason = settled.reason;
  if (settled.outcome == Outcome::Failed || settled.outcome == Outcome::Expired) {
    give_up(step, mail->copy.letter, {settled.recipient, settled.trouble, settled.reason});
  }
}

void reduce(const Step& step, const RetryScheduled& scheduled) {
  QueuedMail* mail = queued_mail(step, scheduled.queue);
  if (mail == nullptr) return;
  mail->state = QueueState::Waiting;
  mail->next_try = scheduled.next_try;
  mail->attempts = scheduled.attempts;
}

// The notification was queued just before. It was born after what it is about, or it is not about
// it: so nobody who goes from notice to letter goes in circles, whatever a recording says.
void reduce(const Step& step, const MailBounced& bounced) {
  QueuedMail* mail = queued_mail(step, bounced.queue);
  if (mail == nullptr) return;
  mail->bounced = true;
  const LetterId about = mail->copy.letter;
  const QueuedMail* notice = queued_mail(step, bounced.notice);
  if (notice == nullptr || notice->copy.letter <= about) return;
  Shared<Letter>* letter = step.view.letters.edit(notice->copy.letter);
  if (letter != nullptr) letter->edit().about = about;
}

void reduce(const Step& step, const MailDequeued& dequeued) {
  const QueuedMail* mail = queued_mail(step, dequeued.queue);
  if (mail == nullptr) return;
  set_standing(step, mail->copy, mail->bounced ? Standing::Bounced : Standing::Gone);
  step.machine()->queue.erase(dequeued.queue);
}

}  // namespace mailwalk::journal::reduction
