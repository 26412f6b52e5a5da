#include <utility>

#include "journal/letter_tracing.hpp"

namespace mailwalk::journal::reduction {
namespace {

Account* account_at(const Step& step, const Bytes& name) {
  Machine* machine = step.machine();
  Shared<Account>* account = machine == nullptr ? nullptr : machine->accounts.edit(name);
  return account == nullptr ? nullptr : &account->edit();
}

// What was retrieved over this connection under that UID. From a server of somebody else comes a
// letter of which nothing was known.
LetterId stored_letter(const Step& step, const LetterStored& stored) {
  if (Connection* connection = step.connection()) {
    if (const LetterId* retrieved = connection->retrieved.find(stored.uid)) {
      const LetterId letter = *retrieved;
      connection->retrieved.erase(stored.uid);
      return letter;
    }
  }
  return give_birth(step, {Origin::FromOutside, {}, {}, stored.content});
}

}  // namespace

void reduce(const Step& step, const PollStarted& started) {
  Account* account = account_at(step, started.account);
  if (account == nullptr) return;
  account->polling = true;
  account->did_not_fit = 0;
}

void reduce(const Step& step, const PollFinished& finished) {
  Account* account = account_at(step, finished.account);
  if (account == nullptr) return;
  account->polling = false;
  account->trouble = finished.trouble;
  account->reason = finished.reason;
}

void reduce(const Step& step, const LetterStored& stored) {
  Machine* machine = step.machine();
  if (machine == nullptr || machine->letters.contains(stored.letter)) return;
  const LetterId letter = stored_letter(step, stored);
  const CopyId copy = make_copy(step, letter, Place::Device);
  machine->used_bytes += stored.content.size();
  machine->letters.set(stored.letter,
                       {copy, stored.account, stored.uid, stored.content, step.event.time, false});
  if (Account* account = account_at(step, stored.account)) {
    account->known_uids.set(stored.uid, letter);
  }
}

void reduce(const Step& step, const DeviceFull& full) {
  if (Account* account = account_at(step, full.account)) ++account->did_not_fit;
}

void reduce(const Step& step, const LetterRead& read) {
  Machine* machine = step.machine();
  DeviceLetter* letter = machine == nullptr ? nullptr : machine->letters.edit(read.letter);
  if (letter != nullptr) letter->read = true;
}

// Its UID stays known, or the next poll would fetch again what somebody threw away.
void reduce(const Step& step, const LetterRemoved& removed) {
  Machine* machine = step.machine();
  const DeviceLetter* letter = machine == nullptr ? nullptr : machine->letters.find(removed.letter);
  if (letter == nullptr) return;
  set_standing(step, letter->copy, Standing::Gone);
  machine->used_bytes -= letter->content.size();
  machine->letters.erase(removed.letter);
}

}  // namespace mailwalk::journal::reduction
