// Two runs side by side: the event at which they part, and what differs between how things stand.
//
// Machines, maildrops and letters of the two runs are told apart by what they are to people, not by
// their numbers: a machine by its name, a letter by where it came from and how many came from there
// before it. So runs can be compared that parted long ago, or were never one.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/virtual_time.hpp"
#include "journal/journal.hpp"
#include "journal/letter.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::journal {

// ---- Events ----------------------------------------------------------------------------------

// The same event: position aside, all that it says and when, where and why it happened.
bool same_event(const Event& left, const Event& right);

enum class Parting : std::uint8_t {
  Never,       // the two have the same events
  Differ,      // both go on, each with another event
  LeftEnded,   // the left is the beginning of the right
  RightEnded,  // the right is the beginning of the left
};

struct Divergence {
  Parting how = Parting::Never;
  EventPosition at = kNoEvent;  // the first place at which not both have the same event
};

Divergence find_divergence(const Journal& left, const Journal& right);

// ---- How things stand ------------------------------------------------------------------------

// One letter in both runs; kNoLetter where a run has no such letter.
struct LetterPair {
  LetterId left = kNoLetter;
  LetterId right = kNoLetter;
  friend bool operator==(const LetterPair&, const LetterPair&) = default;
};

// The copies of a letter that were ever in one place stand otherwise, or there are more of them.
struct CopiesDiffer {
  LetterPair letter;
  Bytes machine;
  Place place = Place::Outbox;
  Bytes owner;                        // of the maildrop; empty elsewhere
  std::vector<Standing> left, right;  // of each copy, in the order of Standing
};

// Octets that are used in a maildrop or on a device; nullopt where a run has none of that name.
struct SizesDiffer {
  Bytes machine;
  Bytes owner;  // of the maildrop; empty for a device
  std::optional<std::uint64_t> left_bytes, right_bytes;
};

// So many copies of the letter on a device are marked as read.
struct ReadMarksDiffer {
  LetterPair letter;
  Bytes machine;
  std::uint32_t left = 0, right = 0;
};

// A mail in an outbox or a queue.
struct Waiting {
  std::uint32_t recipients = 0;  // who are not settled
  std::uint32_t attempts = 0;    // made so far, of an MTA
  VirtualTime next_try;
  friend bool operator==(const Waiting&, const Waiting&) = default;
};

// nullopt: it does not lie there.
struct WaitingDiffers {
  LetterPair letter;
  Bytes machine;
  Place place = Place::Outbox;  // or Queue
  std::optional<Waiting> left, right;
};

// In each list: by machine in the order of the stage, then by letter.
struct ViewDifferences {
  std::vector<CopiesDiffer> copies;
  std::vector<SizesDiffer> maildrops;
  std::vector<SizesDiffer> devices;
  std::vector<ReadMarksDiffer> read_marks;
  std::vector<WaitingDiffers> waiting;

  [[nodiscard]] bool none() const {
    return copies.empty() && maildrops.empty() && devices.empty() && read_marks.empty() &&
           waiting.empty();
  }
};

ViewDifferences compare_views(const WorldView& left, const WorldView& right);

// The letters of both, in the order of their birth: those of the left, then those that only the
// right has.
std::vector<LetterPair> pair_letters(const WorldView& left, const WorldView& right);

}  // namespace mailwalk::journal
