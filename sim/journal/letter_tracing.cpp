#include "journal/letter_tracing.hpp"

#include <utility>

namespace mailwalk::journal::reduction {

// ---- Letters ---------------------------------------------------------------------------------

LetterId give_birth(const Step& step, NewLetter newborn) {
  Letter letter;
  letter.id = LetterId{step.event.position.value()};
  letter.number = static_cast<std::uint32_t>(step.view.letters.size());
  letter.origin = newborn.origin;
  letter.born_at = step.event.node;
  letter.born = step.event.time;
  letter.sender = std::move(newborn.sender);
  letter.recipients = std::move(newborn.recipients);
  letter.content = std::move(newborn.content);
  const LetterId id = letter.id;
  step.view.letters.set(id, Shared<Letter>(std::move(letter)));
  return id;
}

void letter_offered(const Step& step, LetterId letter) {
  Connection* connection = step.connection();
  if (connection == nullptr) return;
  connection->letter = letter;
  connection->offered = letter;
  connection->came_in = kNoLetter;
}

// The first content that comes in is that of the letter that was offered. When more comes in,
// somebody types at the client's end, and nobody offered it: it is from outside.
void reduce(const Step& step, const ContentReceived& /*received*/) {
  Connection* connection = step.connection();
  if (connection == nullptr) return;
  connection->came_in = std::exchange(connection->offered, kNoLetter);
}

// To several recipients, some of them here and some elsewhere, it is still one letter: until the
// next content comes in, whatever arrives is the same.
LetterId letter_arrived(const Step& step, NewLetter if_from_outside) {
  Connection* connection = step.connection();
  if (connection == nullptr) return give_birth(step, std::move(if_from_outside));
  if (connection->came_in == kNoLetter) {
    connection->came_in = std::exchange(connection->offered, kNoLetter);
  }
  if (connection->came_in == kNoLetter) {
    connection->came_in = give_birth(step, std::move(if_from_outside));
  }
  connection->letter = connection->came_in;
  return connection->came_in;
}

void give_up(const Step& step, LetterId id, GivenUp recipient) {
  Shared<Letter>* letter = step.view.letters.edit(id);
  if (letter != nullptr) letter->edit().given_up.push_back(std::move(recipient));
}

// ---- Copies ----------------------------------------------------------------------------------

CopyId make_copy(const Step& step, LetterId letter, Place place, const Bytes& owner) {
  const CopyId id{letter, step.event.position};
  step.view.copies.set(id, {step.event.node, place, Standing::Here, owner, step.event.position});
  return id;
}

void set_standing(const Step& step, const CopyId& id, Standing standing) {
  Copy* copy = step.view.copies.edit(id);
  if (copy == nullptr) return;
  copy->standing = standing;
  copy->changed = step.event.position;
}

}  // namespace mailwalk::journal::reduction
