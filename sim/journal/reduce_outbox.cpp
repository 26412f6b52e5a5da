#include <algorithm>
#include <utility>

#include "journal/letter_tracing.hpp"

namespace mailwalk::journal::reduction {
namespace {

OutboxMail* outbox_mail(const Step& step, OutboxId outbox) {
  Machine* machine = step.machine();
  Shared<OutboxMail>* mail = machine == nullptr ? nullptr : machine->outbox.edit(outbox);
  return mail == nullptr ? nullptr : &mail->edit();
}

// Each address settles one recipient: somebody may stand in the list twice.
void settle(OutboxMail& mail, const AddressList& addresses) {
  for (const Bytes& address : addresses) {
    const auto settled = std::find(mail.pending.begin(), mail.pending.end(), address);
    if (settled != mail.pending.end()) mail.pending.erase(settled);
  }
}

// Where there is no room, the mail was sent all the same, and no copy is kept.
void keep_copy(const Step& step, const OutboxMail& mail) {
  Machine& machine = *step.machine();
  const std::uint64_t size = mail.content.size();
  const bool fits =
      machine.capacity_bytes == 0 || (machine.used_bytes <= machine.capacity_bytes &&
                                      size <= machine.capacity_bytes - machine.used_bytes);
  if (!fits) return;
  machine.used_bytes += size;
  const CopyId copy = make_copy(step, mail.copy.letter, Place::Sent);
  machine.sent.set(step.event.position, {copy, mail.content, step.event.time});
}

// A mail that nobody took stays, so that its writer sees it.
void leave_or_stay(const Step& step, OutboxId outbox, OutboxMail& mail) {
  if (!mail.pending.empty()) return;
  if (mail.sent_before) {
    set_standing(step, mail.copy, Standing::Gone);
    step.machine()->outbox.erase(outbox);
  } else {
    mail.state = OutboxState::Refused;
    set_standing(step, mail.copy, Standing::Refused);
  }
}

}  // namespace

void reduce(const Step& step, const MailComposed& composed) {
  Machine* machine = step.machine();
  if (machine == nullptr || machine->outbox.contains(composed.outbox)) return;
  const LetterId letter =
      give_birth(step, {Origin::Composed, composed.sender, composed.recipients, composed.content});
  OutboxMail mail;
  mail.copy = make_copy(step, letter, Place::Outbox);
  mail.pending = composed.recipients;
  mail.content = composed.content;
  mail.next_try = step.event.time;
  machine->outbox.set(composed.outbox, Shared<OutboxMail>(std::move(mail)));
}

void reduce(const Step& step, const SubmissionBegun& begun) {
  OutboxMail* mail = outbox_mail(step, begun.outbox);
  if (mail == nullptr) return;
  mail->state = OutboxState::Sending;
  letter_offered(step, mail->copy.letter);
}

void reduce(const Step& step, const SubmissionDeferred& deferred) {
  OutboxMail* mail = outbox_mail(step, deferred.outbox);
  if (mail == nullptr) return;
  mail->state = OutboxState::Waiting;
  mail->next_try = deferred.next_try;
  mail->trouble = deferred.trouble;
  mail->reason = deferred.reason;
}

void reduce(const Step& step, const MailSubmitted& submitted) {
  OutboxMail* mail = outbox_mail(step, submitted.outbox);
  if (mail == nullptr) return;
  settle(*mail, submitted.recipients);
  if (!mail->sent_before) keep_copy(step, *mail);
  mail->sent_before = true;
  leave_or_stay(step, submitted.outbox, *mail);
}

void reduce(const Step& step, const MailRefused& refused) {
  OutboxMail* mail = outbox_mail(step, refused.outbox);
  if (mail == nullptr) return;
  settle(*mail, refused.recipients);
  for (const Bytes& recipient : refused.recipients) {
    give_up(step, mail->copy.letter, {recipient, Trouble::ServerSaid, refused.reason});
  }
  mail->trouble = Trouble::ServerSaid;
  mail->reason = refused.reason;
  leave_or_stay(step, refused.outbox, *mail);
}

}  // namespace mailwalk::journal::reduction
