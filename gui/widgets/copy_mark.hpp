// A copy of a letter as a small sign.
#pragma once

#include <cstdint>

#include "gui/copy_look.hpp"
#include "gui/theme.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

void draw_copy_mark(ImDrawList& list, const Theme& theme, const Rect& rect, std::uint32_t letter,
                    CopyLook look);

}  // namespace mailwalk::gui
