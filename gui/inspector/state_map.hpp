// The map of a protocol's states, made from the very tables by which the sessions are held.
#pragma once

#include <optional>

#include "export/text.hpp"
#include "gui/inspector/inspection.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::gui {

// States in which no session of ours spends more than a moment are left out, unless it is there.
// `said` is the command that is looked at, if it is one.
StateMap state_map(const journal::SessionState& now, const std::optional<journal::Verb>& said,
                   exporting::Language language);

}  // namespace mailwalk::gui
