// How full something is: a bar against its limit, and the numbers under it.
#pragma once

#include <cstdint>
#include <string>

#include "gui/stage/stage_frame.hpp"

namespace mailwalk::gui {

// Height in em that a meter takes with its line of numbers.
inline constexpr float kMeterHeight = 1.9F;

// "950 B", "6.2 KB", "1.5 MB": a K is 1000.
std::string size_words(std::uint64_t octets, exporting::Language language);

void draw_meter(const StageFrame& frame, const Rect& place, const SceneMeter& meter);

}  // namespace mailwalk::gui
