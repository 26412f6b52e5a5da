#include "gui/panels/key_scroll.hpp"

#include <utility>

namespace mailwalk::gui {
namespace {

constexpr int kLinesPerStroke = 3;
// A line of the page before stays in sight.
constexpr float kPageShare = 0.9F;

}  // namespace

void KeyScroll::ask(intent::ScrollBy by, Direction direction) {
  const int sign = direction == Direction::Forward ? 1 : -1;
  if (by == intent::ScrollBy::Page) {
    pages_ += sign;
  } else {
    lines_ += sign * kLinesPerStroke;
  }
}

double KeyScroll::take_px(float line_px, float page_px) {
  const float px = static_cast<float>(std::exchange(lines_, 0)) * line_px +
                   static_cast<float>(std::exchange(pages_, 0)) * page_px * kPageShare;
  return static_cast<double>(px);
}

}  // namespace mailwalk::gui
