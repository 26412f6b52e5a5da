#include "gui/panels/panel_focus.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace mailwalk::gui {

void PanelFocus::go(const std::vector<std::unique_ptr<Panel>>& panels, const Settings& settings,
                    Direction direction) {
  std::vector<std::string> keys{std::string()};  // none is a stop too
  for (const auto& panel : panels) {
    if (panel_setting(settings, panel->key()).folded == Folded::No) keys.emplace_back(panel->key());
  }
  const auto here = std::find(keys.begin(), keys.end(), panel_);
  const auto at = here == keys.end() ? 0 : static_cast<std::size_t>(here - keys.begin());
  const std::size_t step = direction == Direction::Forward ? 1 : keys.size() - 1;
  go_to(keys[(at + step) % keys.size()]);
}

void PanelFocus::go_to(std::string panel) {
  panel_ = std::move(panel);
  scroll_.forget();
}

bool PanelFocus::leave() {
  return !std::exchange(panel_, {}).empty();
}

}  // namespace mailwalk::gui
