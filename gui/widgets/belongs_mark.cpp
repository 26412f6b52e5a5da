#include "gui/widgets/belongs_mark.hpp"

namespace mailwalk::gui {

void draw_belongs_mark(ImDrawList& list, const Theme& theme, const Rect& line, float em) {
  list.AddRectFilled(line.min(), line.max(), paint(theme.ink, 0.05F));
  list.AddRectFilled(line.min(), {line.x + em * 0.25F, line.bottom()}, paint(theme.ink));
}

}  // namespace mailwalk::gui
