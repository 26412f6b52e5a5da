// A field for the name of a lesson or a recording (Ctrl+O), with what was opened last below it.
#pragma once

#include <array>
#include <cstddef>

#include "gui/bare_frame.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

class OpenField {
 public:
  void open();
  void close() { open_ = false; }
  [[nodiscard]] bool is_open() const { return open_; }
  // Above everything else; asks for the file whose name was entered.
  void draw(const BareFrame& frame, Intents& intents);

 private:
  static constexpr std::size_t kNameOctets = 4'096;  // of the longest path that Linux has

  void draw_recent(const BareFrame& frame, Intents& intents);

  bool open_ = false;
  bool wants_focus_ = false;
  std::array<char, kNameOctets> name_{};
};

}  // namespace mailwalk::gui
