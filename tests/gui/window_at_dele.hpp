// The whole window without a window, in the lesson on delete mode, where the client sends its first
// DELE: most can be changed there.
#pragma once

#include "tests/gui/headless_app.hpp"

namespace mailwalk::test {

// Where the client sends its first DELE.
inline EventPosition first_dele(const journal::Journal& journal) {
  for (const journal::Event& event : journal) {
    const auto* sent = journal::payload_if<journal::CommandSent>(event);
    if (sent != nullptr && sent->verb == journal::Verb(pop3::Verb::Dele)) return event.position;
  }
  FAIL("there is no DELE");
  return kNoEvent;
}

class WindowAtDele : public HeadlessApp {
 public:
  explicit WindowAtDele(float width = 1'280, float height = 720) : HeadlessApp(width, height) {
    open("delete-mode");
    dele_ = first_dele(app().document()->journal());
    app().show_position(dele_);
    frame();
  }

  [[nodiscard]] EventPosition dele() const { return dele_; }
  // The first choice of the menu: the line is cut, in a branch.
  void cut_line() {
    press("w enter");
    settle();
  }

 private:
  EventPosition dele_;
};

}  // namespace mailwalk::test
