// What a person asks for, by key or by mouse. Panels only ask; gui/app does.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "export/text.hpp"
#include "gui/playback.hpp"
#include "gui/selection.hpp"
#include "gui/settings.hpp"
#include "world/change.hpp"

namespace mailwalk::gui {
namespace intent {

// ---- Going about in the run
struct Step {
  Stride stride = Stride::Told;
  Direction direction = Direction::Forward;
};
struct JumpTo {
  EventPosition position;
};
// Of two runs side by side: so many steps of both are taken.
struct JumpToStep {
  std::uint64_t step;
};
struct JumpToStart {};
struct JumpToEnd {};
struct TogglePlay {};
struct SetSpeed {
  std::size_t index;  // into kSpeeds
};

// ---- What is looked at
struct Select {
  Selection what;
};
// Selects a thing and shows it in a panel, which is unfolded if need be; the keys scroll it then.
struct ShowIn {
  Selection what;
  std::string panel;  // its key
};
// "What can be done here?": a right click. x and y are in pixels of the window.
struct OfferMenu {
  Selection what;
  float x, y;
};
// "What would happen if …", by key, for what is selected, or else the event at the position.
struct OfferMenuHere {};
// Another course of things in this run, from that event on.
struct MakeFork {
  std::size_t run;  // as ShowDocument counts them
  EventPosition position;
  world::Change change;
};
struct OpenFile {
  std::string named;  // as `mailwalk run` takes it: id, number, folder or file
};
struct ShowDocument {
  std::size_t index;
};
struct ShowNextDocument {};
struct AskForFile {};  // a field for its name
struct SaveRecording {};
// Serves the lesson that is shown on real TCP; or ends that.
struct ToggleLive {};
struct ToggleCallPage {};  // how what is served can be called
// Two runs beside each other: a fork and its parent, or delete and keep where nothing was forked.
enum class Beside : std::uint8_t { WhateverFits, OtherMode };
struct ShowSideBySide {
  Beside what = Beside::WhateverFits;
};

struct AnswerGate {
  std::size_t choice;  // from 0
};

// ---- How it looks
struct SetLanguage {
  exporting::Language language;
};
struct ToggleLanguage {};
struct SetTheme {
  ThemeName theme;
};
struct ToggleTheme {};
enum class TextSize : std::uint8_t { Smaller, Normal, Larger };
struct ChangeTextSize {
  TextSize change;
};
// What was said, or what the lines show of it to somebody who reads along.
struct ToggleSight {};
struct ToggleReducedMotion {};
struct TogglePresentation {};
struct ToggleFullScreen {};
struct ToggleKeysPage {};
struct Leave {};  // Escape: out of whatever is on top
struct FoldPanel {
  std::string panel;  // its key
  Folded folded;
};
struct ResizeDocks {
  float right_share, bottom_share;  // of the window's width and height
};
struct ResizePanel {
  std::string panel;
  float weight;  // of its dock's length, against the other panels'
};

// To the next panel that is not folded, or the one before; behind the last one comes none.
struct FocusPanel {
  Direction direction = Direction::Forward;
};
enum class ScrollBy : std::uint8_t { Lines, Page };
// In the panel that has the focus; nothing happens if none has.
struct ScrollPanel {
  ScrollBy by = ScrollBy::Lines;
  Direction direction = Direction::Forward;
};

// ---- For panels that can do it (Panel::handle)
struct FindText {};
struct CopyLines {};
struct ExportTranscript {};
enum class Extent : std::uint8_t { Whole, Beginning };  // of what was to be copied
struct CopyText {
  std::string text;       // into the clipboard
  std::size_t lines = 0;  // 0: there was nothing to be copied
  Extent extent = Extent::Whole;
};

}  // namespace intent

using Intent = std::variant<
    intent::Step, intent::JumpTo, intent::JumpToStart, intent::JumpToEnd, intent::TogglePlay,
    intent::SetSpeed, intent::Select, intent::OfferMenu, intent::OpenFile, intent::ShowDocument,
    intent::SetLanguage, intent::ToggleLanguage, intent::SetTheme, intent::ToggleTheme,
    intent::ChangeTextSize, intent::ToggleReducedMotion, intent::TogglePresentation,
    intent::ToggleFullScreen, intent::ToggleKeysPage, intent::Leave, intent::FoldPanel,
    intent::ResizeDocks, intent::ResizePanel, intent::FocusPanel, intent::ScrollPanel,
    intent::FindText, intent::CopyLines, intent::ExportTranscript, intent::CopyText,
    intent::OfferMenuHere, intent::MakeFork, intent::ShowNextDocument, intent::AskForFile,
    intent::SaveRecording, intent::ShowSideBySide, intent::ToggleLive, intent::ToggleCallPage,
    intent::ToggleSight, intent::JumpToStep, intent::AnswerGate, intent::ShowIn>;

// It concerns the window, whatever is shown in it.
bool is_for_whole_window(const Intent& intent);

// The intents of one frame, in the order in which they were asked for.
class Intents {
 public:
  Intents();
  ~Intents();
  void ask(Intent intent);
  [[nodiscard]] const std::vector<Intent>& asked() const { return asked_; }
  std::vector<Intent> take();

 private:
  std::vector<Intent> asked_;
};

}  // namespace mailwalk::gui
