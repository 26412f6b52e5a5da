// Which panel the keys go to that scroll: Tab goes from one to the next.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gui/panels/key_scroll.hpp"
#include "gui/panels/panel.hpp"
#include "gui/settings.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

class PanelFocus {
 public:
  // To the next panel that is not folded, or the one before it; behind the last one comes none.
  void go(const std::vector<std::unique_ptr<Panel>>& panels, const Settings& settings,
          Direction direction);
  void go_to(std::string panel);
  // False: no panel had it.
  bool leave();
  // Its key; empty if no panel has it. Panels are made anew with each run, the key stays.
  [[nodiscard]] const std::string& panel() const { return panel_; }

  // Of the panel that has it.
  [[nodiscard]] KeyScroll& scroll() { return scroll_; }

 private:
  std::string panel_;
  KeyScroll scroll_;
};

}  // namespace mailwalk::gui
