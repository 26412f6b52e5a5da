// What a person may do to a run that its scenario does not know of.
#pragma once

#include <variant>

#include "base/ids.hpp"
#include "journal/inputs.hpp"

namespace mailwalk::world {

// As the journal keeps it; `after_steps` and `commands_ahead` are filled in when it is done.
using Input = std::variant<journal::LineCut, journal::NetworkDisturbed, journal::AnswerReplaced,
                           journal::CommandTyped, journal::ModeChosen, journal::SeedChanged,
                           journal::MailWritten, journal::NextMailReplaced, journal::PollWanted,
                           journal::LetterOpened, journal::LetterThrownAway>;

// Where it is done, and what.
struct Change {
  NodeId machine;           // kNoNode: the world itself
  ConnectionId connection;  // kNoConnection: not on a connection
  Input what;
};

}  // namespace mailwalk::world
