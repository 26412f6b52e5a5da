#include "gui/panels/panel_focus.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace mailwalk::gui {
namespace {

constexpr int kLinesPerStroke = 3;
// A line of the page before stays in sight.
constexpr float kPageShare = 0.9F;

}  // namespace

void PanelFocus::go(const std::vector<std::unique_ptr<Panel>>& panels, const Settings& settings,
                    Direction direction) {
  std::vector<std::string> keys{std::string()};  // none is a stop too
  for (const auto& panel : panels) {
    if (panel_setting(settings, panel->key()).folded == Folded::No) keys.emplace_back(panel->key());
  }
  const auto here = std::find(keys.begin(), keys.end(), panel_);
  const auto at = here == keys.end() ? 0 : static_cast<std::size_t>(here - keys.begin());
  const std::size_t step = direction == Direction::Forward ? 1 : keys.size() - 1;
  panel_ = keys[(at + step) % keys.size()];
  lines_ = pages_ = 0;
}

bool PanelFocus::leave() {
  return !std::exchange(panel_, {}).empty();
}

void PanelFocus::scroll(intent::ScrollBy by, Direction direction) {
  const int sign = direction == Direction::Forward ? 1 : -1;
  if (by == intent::ScrollBy::Page) {
    pages_ += sign;
  } else {
    lines_ += sign * kLinesPerStroke;
  }
}

double PanelFocus::take_scroll_px(float line_px, float page_px) {
  const float px = static_cast<float>(std::exchange(lines_, 0)) * line_px +
                   static_cast<float>(std::exchange(pages_, 0)) * page_px * kPageShare;
  return static_cast<double>(px);
}

}  // namespace mailwalk::gui
