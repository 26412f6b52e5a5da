// How the servers of a live lesson can be called: addresses, and lines to copy by a click.
#pragma once

#include <string>
#include <utility>

#include "gui/bare_frame.hpp"
#include "gui/ui_intent.hpp"

namespace mailwalk::gui {

class CallPage {
 public:
  void open() { open_ = true; }
  // False: it was not open.
  bool close() { return std::exchange(open_, false); }
  [[nodiscard]] bool is_open() const { return open_; }

  void draw(const BareFrame& frame, const std::string& how_to_call, Intents& intents);

 private:
  bool open_ = false;
};

}  // namespace mailwalk::gui
