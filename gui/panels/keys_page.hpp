// The page that "?" opens: every key and what it does, from the table that the keys themselves use.
#pragma once

#include <utility>

#include "gui/bare_frame.hpp"
#include "gui/keys.hpp"
#include "gui/panels/key_scroll.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

class KeysPage {
 public:
  void toggle() { open_ = !open_; }
  // False: it was not open.
  bool close() { return std::exchange(open_, false); }
  [[nodiscard]] bool is_open() const { return open_; }

  // Arrows and page keys scroll it; true: the stroke was for the page.
  bool press(const KeyStroke& stroke);
  // Over the whole window, if it is open. A click anywhere closes it.
  void draw(const BareFrame& frame, Intents& intents);
  // How far it was scrolled when it was drawn last, in pixels.
  [[nodiscard]] float scrolled_px() const { return scrolled_px_; }

 private:
  // True: it was clicked.
  bool draw_rows(const BareFrame& frame, const Rect& place);

  bool open_ = false;
  KeyScroll scroll_;
  float scrolled_px_ = 0;
};

}  // namespace mailwalk::gui
