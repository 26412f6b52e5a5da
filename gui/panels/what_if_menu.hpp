// The menu "what would happen if …": what can be changed here, chosen by mouse or keys.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "gui/keys.hpp"
#include "gui/selection.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/what_if.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

class WhatIfMenu {
 public:
  // About this, in this run, as an index into those that are open. x and y in pixels of the window;
  // outside of it: in its middle.
  void open(WhatIf choices, Selection about, std::size_t run, float x, float y);
  // The same choices in other words.
  void say_again(WhatIf choices) { choices_ = std::move(choices); }
  void close();
  [[nodiscard]] bool is_open() const { return open_; }
  // As an index into the choices.
  [[nodiscard]] std::size_t highlighted() const { return highlighted_; }
  // Where it was drawn last, in pixels of the window.
  [[nodiscard]] const Rect& highlighted_place() const { return highlighted_place_; }
  [[nodiscard]] const Selection& about() const { return about_; }
  [[nodiscard]] const WhatIf& choices() const { return choices_; }

  // Arrows, Enter; true: the stroke was for the menu.
  bool press(const KeyStroke& stroke, Intents& intents);
  // Above everything else; asks for the fork that was chosen, or to be left.
  void draw(const UiFrame& frame, Intents& intents);

 private:
  static constexpr std::size_t kOwnOctets = 256;

  [[nodiscard]] float layout(const UiFrame& frame, const Rect& inside, Intents* intents);
  void draw_own_words(const UiFrame& frame, const Rect& place, const WhatIfRow& row,
                      Intents& intents);
  void draw_rows(const UiFrame& frame, const Rect& inside, Intents& intents);
  void show_highlighted(const Rect& rect);
  void highlight(std::size_t choice);
  void choose(const world::Change& change, Intents& intents);
  void move_rows(int by);

  WhatIf choices_;
  Selection about_;
  std::size_t run_ = 0;
  bool open_ = false;
  std::size_t highlighted_ = 0;
  bool to_show_ = false;  // it shall come into sight
  Rect highlighted_place_;
  float x_ = 0, y_ = 0;
  std::array<char, kOwnOctets> own_answer_{};
  std::array<char, kOwnOctets> own_command_{};
};

}  // namespace mailwalk::gui
