// Which letter is it? No event says so, as no letter on a real network bears a number that all
// machines know. It is found out by the connection on which the letter travels.
#pragma once

#include "journal/reduction.hpp"

namespace mailwalk::journal::reduction {

// What is known of a letter when it is born.
struct NewLetter {
  Origin origin = Origin::FromOutside;
  Bytes sender;
  AddressList recipients;
  Bytes content;
};
LetterId give_birth(const Step& step, NewLetter letter);

// A client of ours offers this letter over the event's connection (SubmissionBegun, RelayBegun).
void letter_offered(const Step& step, LetterId letter);

// The letter that has come in by SMTP over the event's connection; born now if it is from outside.
LetterId letter_arrived(const Step& step, NewLetter if_from_outside);

// The letter will not reach this recipient.
void give_up(const Step& step, LetterId letter, GivenUp recipient);

// The event makes a copy of the letter.
CopyId make_copy(const Step& step, LetterId letter, Place place, const Bytes& owner = {});
// The event changes how a copy stands.
void set_standing(const Step& step, const CopyId& copy, Standing standing);

}  // namespace mailwalk::journal::reduction
