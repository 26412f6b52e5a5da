// The map of a protocol's states, made from the very tables by which the sessions are held.
#pragma once

#include <optional>

#include "export/text.hpp"
#include "gui/documents.hpp"
#include "gui/inspector/inspection.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::gui {

// What the server has offered in its reply to EHLO, of what it may offer or not.
struct Offered {
  bool starttls = false;
  bool auth = false;
};
// On this connection, until this event. After HELO, and before anything, nothing is offered.
Offered offered_until(const Document& document, EventPosition position, ConnectionId connection);

// States in which no session of ours spends more than a moment are left out, unless it is there.
// `said` is the command that is looked at, if it is one.
StateMap state_map(const journal::SessionState& now, const std::optional<journal::Verb>& said,
                   Offered offered, exporting::Language language);

}  // namespace mailwalk::gui
