#include "gui/keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/ascii.hpp"
#include "wire/utf8.hpp"
#include "world/gate.hpp"
#include "world/problems.hpp"
#include "world/suggest.hpp"

namespace mailwalk::gui {
namespace {

struct KeyName {
  Key key;
  const char* typed;  // for --play-keys
  const char* shown;
};
constexpr std::array<KeyName, 13> kKeyNames{{{Key::Space, "space", "Space"},
                                             {Key::Left, "left", "←"},
                                             {Key::Right, "right", "→"},
                                             {Key::Up, "up", "↑"},
                                             {Key::Down, "down", "↓"},
                                             {Key::Home, "home", "Home"},
                                             {Key::End, "end", "End"},
                                             {Key::PageUp, "pageup", "PgUp"},
                                             {Key::PageDown, "pagedown", "PgDn"},
                                             {Key::Tab, "tab", "Tab"},
                                             {Key::Enter, "enter", "Enter"},
                                             {Key::Escape, "escape", "Esc"},
                                             {Key::F11, "f11", "F11"}}};

constexpr Modifiers kPlain = 0;
constexpr Modifiers kShift = +Modifier::Shift;
constexpr Modifiers kCtrl = +Modifier::Ctrl;
constexpr Modifiers kAlt = +Modifier::Alt;

KeyStroke key(Key key, Modifiers modifiers = kPlain) {
  return {key, 0, modifiers};
}
KeyStroke character(char32_t c, Modifiers modifiers = kPlain) {
  return {Key::Character, c, modifiers};
}

// The digits answer what a gate asks.
std::vector<KeyBinding> with_digits(std::vector<KeyBinding> bindings) {
  for (std::size_t choice = 0; choice < world::kMostAnswers; ++choice) {
    bindings.push_back({character(U'1' + static_cast<char32_t>(choice)), intent::AnswerGate{choice},
                        "keys.answer"});
  }
  return bindings;
}

std::vector<KeyBinding> make_bindings() {
  using namespace intent;  // NOLINT: a table of them
  constexpr Direction kForward = Direction::Forward;
  constexpr Direction kBack = Direction::Back;
  return with_digits({
      {key(Key::Space), Step{Stride::Told, kForward}, "keys.step"},
      {key(Key::Right), Step{Stride::Told, kForward}, "keys.step"},
      {key(Key::Left), Step{Stride::Told, kBack}, "keys.back"},
      // What the two keys of a presenter's remote send.
      {key(Key::PageDown), Step{Stride::Told, kForward}, "keys.step"},
      {key(Key::PageUp), Step{Stride::Told, kBack}, "keys.back"},
      {key(Key::Right, kShift), Step{Stride::Reply, kForward}, "keys.next_reply"},
      {key(Key::Left, kShift), Step{Stride::Reply, kBack}, "keys.previous_reply"},
      {key(Key::Right, kCtrl), Step{Stride::MailboxEffect, kForward}, "keys.next_effect"},
      {key(Key::Left, kCtrl), Step{Stride::MailboxEffect, kBack}, "keys.previous_effect"},
      {key(Key::Right, kAlt), Step{Stride::Event, kForward}, "keys.next_event"},
      {key(Key::Left, kAlt), Step{Stride::Event, kBack}, "keys.previous_event"},
      {key(Key::Home), JumpToStart{}, "keys.start"},
      {key(Key::End), JumpToEnd{}, "keys.end"},
      {character('p'), TogglePlay{}, "keys.play"},
      {character('.'), TogglePresentation{}, "keys.present"},
      {key(Key::F11), ToggleFullScreen{}, "keys.full_screen"},
      {key(Key::Escape), Leave{}, "keys.leave"},
      {key(Key::Tab), FocusPanel{kForward}, "keys.next_panel"},
      {key(Key::Tab, kShift), FocusPanel{kBack}, "keys.next_panel"},
      {key(Key::Down), ScrollPanel{ScrollBy::Lines, kForward}, "keys.scroll"},
      {key(Key::Up), ScrollPanel{ScrollBy::Lines, kBack}, "keys.scroll"},
      {key(Key::PageDown, kShift), ScrollPanel{ScrollBy::Page, kForward}, "keys.scroll_page"},
      {key(Key::PageUp, kShift), ScrollPanel{ScrollBy::Page, kBack}, "keys.scroll_page"},
      {character('f', kCtrl), FindText{}, "keys.find"},
      {character('c', kCtrl), CopyLines{}, "keys.copy"},
      {character('e', kCtrl), ExportTranscript{}, "keys.export"},
      {character('w'), OfferMenuHere{}, "keys.what_if"},
      {character('b'), ShowNextDocument{}, "keys.next_branch"},
      {character('c'), ShowSideBySide{}, "keys.side_by_side"},
      {character('d'), ShowSideBySide{Beside::OtherMode}, "keys.other_mode"},
      {character('g'), ToggleLive{}, "keys.live"},
      {character('a'), ToggleCallPage{}, "keys.call_page"},
      {character('o', kCtrl), AskForFile{}, "keys.open"},
      {character('s', kCtrl), SaveRecording{}, "keys.save"},
      {character('e'), ToggleSight{}, "keys.sight"},
      {character('l'), ToggleLanguage{}, "keys.language"},
      {character('t'), ToggleTheme{}, "keys.theme"},
      {character('m'), ToggleReducedMotion{}, "keys.motion"},
      {character('+', kCtrl), ChangeTextSize{TextSize::Larger}, "keys.larger"},
      {character('=', kCtrl), ChangeTextSize{TextSize::Larger}, "keys.larger"},
      {character('-', kCtrl), ChangeTextSize{TextSize::Smaller}, "keys.smaller"},
      {character('0', kCtrl), ChangeTextSize{TextSize::Normal}, "keys.normal_size"},
      {character('?'), ToggleKeysPage{}, "keys.all"},
  });
}

const KeyName* name_of(Key key) {
  const auto found = std::find_if(kKeyNames.begin(), kKeyNames.end(),
                                  [&](const KeyName& name) { return name.key == key; });
  return found == kKeyNames.end() ? nullptr : &*found;
}

// One stroke; nullopt if no key is called so.
std::optional<KeyStroke> parse_stroke(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, Modifiers>, 3> kPrefixes{
      {{"ctrl+", kCtrl}, {"shift+", kShift}, {"alt+", kAlt}}};
  KeyStroke stroke;
  for (bool found = true; found;) {
    found = false;
    for (const auto& [prefix, modifier] : kPrefixes) {
      if (!ascii::to_lower(word).starts_with(prefix)) continue;
      stroke.modifiers = static_cast<Modifiers>(stroke.modifiers | modifier);
      word.remove_prefix(prefix.size());
      found = true;
    }
  }
  if (!word.empty() && wire::utf8_length(word) == word.size()) {
    stroke.character = wire::utf8_code_point(word);
    return stroke;
  }
  for (const KeyName& name : kKeyNames) {
    if (ascii::to_lower(word) != name.typed) continue;
    stroke.key = name.key;
    return stroke;
  }
  return std::nullopt;
}

Error no_such_key(std::string_view word) {
  world::Words known;
  for (const KeyName& name : kKeyNames) known.push_back(name.typed);
  return world::make_error(fmt::format("there is no key {}", world::in_quotes(word)),
                           world::suggest(word, known));
}

}  // namespace

const std::vector<KeyBinding>& key_bindings() {
  static const std::vector<KeyBinding> kBindings = make_bindings();
  return kBindings;
}

const Intent* find_intent(const KeyStroke& stroke) {
  for (const KeyBinding& binding : key_bindings()) {
    if (binding.stroke == stroke) return &binding.intent;
  }
  return nullptr;
}

bool is_for_text_field(const KeyStroke& stroke) {
  if (stroke.key == Key::Escape || stroke.key == Key::F11) return false;
  // Open, save, find, export, and the size of text.
  constexpr std::u32string_view kShortcuts = U"osfe+=-0";
  const bool is_shortcut = stroke.key == Key::Character && stroke.modifiers == kCtrl &&
                           kShortcuts.find(stroke.character) != std::u32string_view::npos;
  return !is_shortcut;
}

std::string stroke_text(const KeyStroke& stroke) {
  std::string text;
  if ((stroke.modifiers & kCtrl) != 0) text += "Ctrl+";
  if ((stroke.modifiers & kAlt) != 0) text += "Alt+";
  if ((stroke.modifiers & kShift) != 0) text += "Shift+";
  if (const KeyName* name = name_of(stroke.key)) return text + name->shown;
  std::string shown;
  wire::append_utf8(shown, stroke.character);
  return text + ascii::to_upper(shown);
}

Result<std::vector<KeyStroke>> parse_strokes(std::string_view text) {
  std::vector<KeyStroke> strokes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const auto stroke = parse_stroke(word);
    if (!stroke) return no_such_key(word);
    strokes.push_back(*stroke);
  }
  return strokes;
}

}  // namespace mailwalk::gui
