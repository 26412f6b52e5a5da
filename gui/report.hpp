// What the program says of its own view, as JSON: for tests, which cannot see.
#pragma once

#include <cstdint>
#include <string>

#include "gui/app.hpp"

namespace mailwalk::gui {

// One object: document, position, event, time_us, playing, language, theme, mode, selection,
// caption, note, frames, and what the stage shows.
std::string report_json(const App& app, std::uint64_t frames);

}  // namespace mailwalk::gui
