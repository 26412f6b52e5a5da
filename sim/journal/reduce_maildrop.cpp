#include <utility>

#include "journal/letter_tracing.hpp"

namespace mailwalk::journal::reduction {
namespace {

Maildrop* maildrop_at(const Step& step, const Bytes& owner) {
  Machine* machine = step.machine();
  Shared<Maildrop>* maildrop = machine == nullptr ? nullptr : machine->maildrops.edit(owner);
  return maildrop == nullptr ? nullptr : &maildrop->edit();
}

MaildropLetter* letter_at(Maildrop* maildrop, const Bytes& uid) {
  const EventPosition* arrival = maildrop == nullptr ? nullptr : maildrop->arrival_of_uid.find(uid);
  return arrival == nullptr ? nullptr : maildrop->letters.edit(*arrival);
}

// The letter of a mail that the MTA of the same machine had in its queue, or that came in here.
LetterId delivered_letter(const Step& step, const LetterDelivered& delivered) {
  const Shared<QueuedMail>* queued = step.machine()->queue.find(delivered.queue);
  if (queued != nullptr) return (*queued)->copy.letter;
  return letter_arrived(step, {Origin::FromOutside, {}, {}, delivered.content});
}

void set_mark(const Step& step, const Bytes& owner, const Bytes& uid, bool marked) {
  MaildropLetter* letter = letter_at(maildrop_at(step, owner), uid);
  if (letter == nullptr) return;
  letter->marked = marked;
  set_standing(step, letter->copy, marked ? Standing::Marked : Standing::Here);
}

}  // namespace

void reduce(const Step& step, const LetterDelivered& delivered) {
  Maildrop* maildrop = maildrop_at(step, delivered.owner);
  if (maildrop == nullptr || maildrop->arrival_of_uid.contains(delivered.uid)) return;
  const LetterId letter = delivered_letter(step, delivered);
  const CopyId copy = make_copy(step, letter, Place::Maildrop, delivered.owner);
  maildrop->used_bytes += delivered.content.size();
  maildrop->arrival_of_uid.set(delivered.uid, step.event.position);
  maildrop->letters.set(step.event.position,
                        {copy, delivered.uid, delivered.content, step.event.time, false});
}

void reduce(const Step& step, const MaildropLocked& locked) {
  Maildrop* maildrop = maildrop_at(step, locked.owner);
  if (maildrop == nullptr) return;
  maildrop->lock_holder = step.event.connection;
  maildrop->numbered_before = step.event.position;
}

void reduce(const Step& step, const MaildropUnlocked& unlocked) {
  Maildrop* maildrop = maildrop_at(step, unlocked.owner);
  if (maildrop == nullptr) return;
  maildrop->lock_holder = kNoConnection;
  maildrop->numbered_before.reset();
}

// TOP shows lines of a letter and hands over no copy.
void reduce(const Step& step, const LetterRetrieved& retrieved) {
  const Machine* machine = step.machine();
  Connection* connection = step.connection();
  if (machine == nullptr || connection == nullptr || retrieved.top_lines) return;
  const Maildrop* maildrop = step.view.maildrop(machine->id, retrieved.owner);
  const MaildropLetter* letter = maildrop == nullptr ? nullptr : maildrop->find(retrieved.uid);
  if (letter == nullptr) return;
  connection->letter = letter->copy.letter;
  connection->retrieved.set(retrieved.uid, letter->copy.letter);
}

void reduce(const Step& step, const LetterMarked& marked) {
  set_mark(step, marked.owner, marked.uid, true);
}

void reduce(const Step& step, const LetterUnmarked& unmarked) {
  set_mark(step, unmarked.owner, unmarked.uid, false);
}

void reduce(const Step& step, const LetterExpunged& expunged) {
  Maildrop* maildrop = maildrop_at(step, expunged.owner);
  const MaildropLetter* letter = letter_at(maildrop, expunged.uid);
  if (letter == nullptr) return;
  set_standing(step, letter->copy, Standing::Gone);
  maildrop->used_bytes -= letter->content.size();
  maildrop->numbered_before.reset();
  maildrop->letters.erase(*maildrop->arrival_of_uid.find(expunged.uid));
  maildrop->arrival_of_uid.erase(expunged.uid);
}

}  // namespace mailwalk::journal::reduction
