// What can be changed at a place of a run: the choices that are offered to whoever asks "what would
// happen if …".
#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.hpp"
#include "journal/timeline.hpp"
#include "world/change.hpp"

namespace mailwalk::world {

// What is pointed at: an event, and the machine or connection that is meant if it is not the
// event's own.
struct Pointed {
  EventPosition event = kNoEvent;
  NodeId machine = kNoNode;
  ConnectionId connection = kNoConnection;
};

enum class ChangeKind : std::uint8_t {
  CutLine,
  RefuseCalls,
  BeUnreachable,
  Answer,  // the server answers the command of this event so
  Type,    // the client sends this instead
  ChooseMode,
  Poll,
  DrawAnew,  // another seed
};

struct PossibleChange {
  ChangeKind kind = ChangeKind::CutLine;
  Change change;
};

// In the order of the kinds. What cannot be done there is left out; whether the rest can, a fork
// finds out in the end: a line may end in the very step of the event. REQUIRES that the event is in
// the journal, which is the timeline's.
std::vector<PossibleChange> possible_changes(const journal::Journal& journal,
                                             journal::Timeline& timeline, const Pointed& pointed);

}  // namespace mailwalk::world
