// Letters and their copies: one letter, many places.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/virtual_time.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::journal {

// The position of the event with which the letter came into our network. No machine knows this
// number and no event carries it: the reducer finds out which letter is which by following the
// connections on which it travels.
using LetterId = StrongId<struct LetterIdTag, std::uint64_t>;
inline constexpr LetterId kNoLetter{~std::uint64_t{0}};

enum class Origin : std::uint8_t {
  Composed,     // written on a device of ours
  FromOutside,  // came over a connection on which no letter of ours was under way
  Notice,       // a delivery status notification that an MTA of ours made
};

// A recipient whom the letter will not reach, and why.
struct GivenUp {
  Bytes recipient;
  Trouble trouble = Trouble::None;
  Bytes reason;  // what the server said to that, or what else is known
};

struct Letter {
  LetterId id;
  std::uint32_t number = 0;  // in order of birth: 0 is letter A
  Origin origin = Origin::Composed;
  NodeId born_at;
  VirtualTime born;
  Bytes sender;                   // envelope; empty: the null reverse-path, or not known
  AddressList recipients;         // envelope; empty: not known
  Bytes content;                  // as it was when it was born; each hop puts fields before it
  LetterId about = kNoLetter;     // of a notice: the letter that bounced
  std::vector<GivenUp> given_up;  // in the order in which it happened
};

// "A", "B" … "Z", "AA", "AB" …
std::string letter_name(std::uint32_t number);

// ---- Copies ----------------------------------------------------------------------------------

enum class Place : std::uint8_t { Outbox, Sent, Queue, Maildrop, Device };

enum class Standing : std::uint8_t {
  Here,
  Marked,   // in a maildrop, by DELE: still here, and gone at QUIT
  Refused,  // in an outbox: nobody took it, and it will not be tried again
  Bounced,  // was in a queue, and was given up for at least one recipient
  Gone,     // was here: handed on from an outbox or queue, expunged from a maildrop, or removed
};

// A copy is made by exactly one event, and an event makes at most one copy.
struct CopyId {
  LetterId letter;
  EventPosition made;
  friend constexpr auto operator<=>(const CopyId&, const CopyId&) = default;
};

struct Copy {
  NodeId machine;
  Place place = Place::Outbox;
  Standing standing = Standing::Here;
  Bytes owner;            // of the maildrop; empty elsewhere
  EventPosition changed;  // the last event that changed its standing
};

}  // namespace mailwalk::journal
