// The ladder: one lifeline for each machine, and an arrow for all that is said between them.
#pragma once

#include <cstdint>

#include "gui/event_sentences.hpp"
#include "gui/panels/panel.hpp"
#include "gui/widgets/scroll_view.hpp"

namespace mailwalk::gui {

// What has not been seen yet is not there; what has been, and lies after the position, is faint.
class Ladder : public Panel {
 public:
  [[nodiscard]] std::string_view key() const override { return "ladder"; }
  [[nodiscard]] Dock dock() const override { return Dock::Bottom; }
  void draw(const UiFrame& frame, Intents& intents) override;

 private:
  void follow(const UiFrame& frame, float place_px);

  ScrollView scroll_;
  EventSentences sentences_;
  std::uint64_t followed_version_ = 0;  // of the view
  float followed_unit_px_ = 0;
};

}  // namespace mailwalk::gui
