// A command, a reply or a mail's content, taken apart.
#pragma once

#include <optional>
#include <string_view>

#include "gui/inspector/inspect.hpp"
#include "journal/payloads.hpp"

namespace mailwalk::gui {

// Adds the blocks for it. False: the event is none of these.
bool inspect_line(const journal::Event& event, const Circumstances& circumstances,
                  Inspection& inspection);

}  // namespace mailwalk::gui
