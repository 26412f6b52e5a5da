// The keys: which stroke asks for what. The page that "?" opens shows the same table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

enum class Key : std::uint8_t {
  Character,  // a printed character, as the keyboard's layout has it
  Space,
  Left,
  Right,
  Up,
  Down,
  Home,
  End,
  PageUp,
  PageDown,
  Tab,
  Enter,
  Escape,
  F11,
};

// Modifiers, as a bit mask. Shift is not told apart for characters: it is in them already.
enum class Modifier : std::uint8_t { Shift = 1, Ctrl = 2, Alt = 4 };
using Modifiers = std::uint8_t;
constexpr Modifiers operator+(Modifier modifier) {
  return static_cast<Modifiers>(modifier);
}

struct KeyStroke {
  Key key = Key::Character;
  char32_t character = 0;  // of Key::Character; letters in lower case
  Modifiers modifiers = 0;
  friend bool operator==(const KeyStroke&, const KeyStroke&) = default;
};

struct KeyBinding {
  KeyStroke stroke;
  Intent intent;
  const char* meaning;  // key of a text: "keys.step"
};

// In the order in which the page shows them; bindings of one meaning stand together.
const std::vector<KeyBinding>& key_bindings();

// nullptr if the stroke means nothing.
const Intent* find_intent(const KeyStroke& stroke);

// While somebody types into a text field: whether the stroke is for the field, and no shortcut.
// With Ctrl, fields have strokes of their own: copy, paste, a word further.
bool is_for_text_field(const KeyStroke& stroke);

// "Ctrl+→", "Space": as people write it.
std::string stroke_text(const KeyStroke& stroke);

// "space ctrl+right . l": strokes divided by blanks, for --play-keys. The names are those of Key in
// lower case ("pageup"), and any single character.
Result<std::vector<KeyStroke>> parse_strokes(std::string_view text);

}  // namespace mailwalk::gui
