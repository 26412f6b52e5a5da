// Another course of things: a run made again up to one of its events, and changed there.
#pragma once

#include <memory>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "world/change.hpp"
#include "world/world.hpp"

namespace mailwalk::world {

// The run from its beginning, with all that persons did in it still to come: run() makes a journal
// with the same fingerprint. An error if the journal does not say what it takes.
Result<std::unique_ptr<World>> remake(const journal::Journal& run);

// The run up to an event, which whoever watches points at, and then changed. The world stands where
// the change has begun; step() or run() goes on with it. What persons did in the parent after the
// event is not done again.
//
// Several events may come of one step, and a change cannot lie inside one, but the two that can be
// decided beforehand:
//
// - LineCut, NetworkDisturbed and all that is done at a device or in the world: after the step of
//   the event. Every event up to it is the parent's. What a machine sent in that step is lost if
//   the line is cut: to the network, cut and event are one moment.
// - AnswerReplaced: the event is a command, the end of the content, or the reply to one of these,
//   at either end; this command is answered so. Every event up to the server's reading it is the
//   parent's.
// - CommandTyped: the event is a command that a client sends, and this is sent instead; of any
//   other event, the client's next command after it. Every event before that command is the
//   parent's. Where a person had typed it, this is typed in its place.
//
// Machine and connection may be left out where those of the event are meant. An error if the change
// is impossible there, or the parent cannot be made again with this version of the program.
Result<std::unique_ptr<World>> fork(const journal::Journal& parent, EventPosition position,
                                    Change change);

}  // namespace mailwalk::world
