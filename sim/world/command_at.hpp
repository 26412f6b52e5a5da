// Which command of a session an event is about, for whoever points at the event.
#pragma once

#include <optional>

#include "base/ids.hpp"
#include "journal/journal.hpp"

namespace mailwalk::world {

// Where the server read the command (CommandReceived, or ContentReceived for the end of the
// content) that the event tells of: it may be the command at either end, or the reply to it at
// either end. nullopt if it is neither, or the server never read it.
std::optional<EventPosition> command_read_at(const journal::Journal& journal,
                                             EventPosition position);

// Where the client sent a command on the connection: the event itself, or the next after it.
// nullopt if it sends none any more.
std::optional<EventPosition> command_sent_from(const journal::Journal& journal,
                                               EventPosition position, ConnectionId connection);

}  // namespace mailwalk::world
