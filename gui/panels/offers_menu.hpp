// The menu of what can be done here: how the thing can be opened, and "what would happen if …".
// Chosen by mouse or keys.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "gui/keys.hpp"
#include "gui/offers.hpp"
#include "gui/selection.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/widgets/paint.hpp"

namespace mailwalk::gui {

class MenuRows;

// Where the keys begin, if both are offered.
enum class BeginAt : std::uint8_t { Open, WhatIf };

class OffersMenu {
 public:
  // About this, in this run, as an index into those that are open. x and y in pixels of the window;
  // outside of it: in its middle.
  void open(Offers offers, Selection about, std::size_t run, float x, float y, BeginAt begin);
  // The same offers in other words.
  void say_again(Offers offers) { offers_ = std::move(offers); }
  void close();
  [[nodiscard]] bool is_open() const { return open_; }
  // As an index into all offers: those to open, then those of "what would happen if".
  [[nodiscard]] std::size_t highlighted() const { return highlighted_; }
  // Where it was drawn last, in pixels of the window.
  [[nodiscard]] const Rect& highlighted_place() const { return highlighted_place_; }
  [[nodiscard]] const Selection& about() const { return about_; }
  [[nodiscard]] const Offers& offers() const { return offers_; }

  // Arrows, Enter; true: the stroke was for the menu.
  bool press(const KeyStroke& stroke, Intents& intents);
  // Above everything else; asks for what was chosen.
  void draw(const UiFrame& frame, Intents& intents);

 private:
  static constexpr std::size_t kOwnOctets = 256;

  void lay_out(MenuRows& rows, Intents* intents);
  void lay_out_chip(MenuRows& rows, const std::string& label, Face face, std::size_t index,
                    Intents* intents);
  void draw_own_words(const UiFrame& frame, const Rect& place, const WhatIfRow& row,
                      Intents& intents);
  void draw_rows(const UiFrame& frame, const Rect& inside, Intents& intents);
  void show_highlighted(const Rect& rect);
  void highlight(std::size_t offer);
  void choose(std::size_t offer, Intents& intents);
  void fork(const world::Change& change, Intents& intents);
  void move_rows(int by);

  Offers offers_;
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
