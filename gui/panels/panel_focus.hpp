// Which panel the keys go to that scroll: Tab goes from one to the next.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gui/panels/panel.hpp"
#include "gui/settings.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

class PanelFocus {
 public:
  // To the next panel that is not folded, or the one before it; behind the last one comes none.
  void go(const std::vector<std::unique_ptr<Panel>>& panels, const Settings& settings,
          Direction direction);
  // False: no panel had it.
  bool leave();
  // Its key; empty if no panel has it. Panels are made anew with each run, the key stays.
  [[nodiscard]] const std::string& panel() const { return panel_; }

  void scroll(intent::ScrollBy by, Direction direction);
  // How far down its contents are to be moved now, in pixels.
  double take_scroll_px(float line_px, float page_px);

 private:
  std::string panel_;
  int lines_ = 0, pages_ = 0;  // asked for, and not done yet
};

}  // namespace mailwalk::gui
