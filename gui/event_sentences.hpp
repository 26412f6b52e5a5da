// The caption of any event, kept once it was made: the views around an event far back have to be
// folded first.
#pragma once

#include <map>
#include <string>

#include "gui/ui_frame.hpp"

namespace mailwalk::gui {

class EventSentences {
 public:
  // As it is told, and copied; safe() makes it fit to be drawn. Good until the next call. REQUIRES
  // that the event is in the frame's document.
  const std::string& of(const UiFrame& frame, EventPosition event);

 private:
  // Far more than a screen shows; when they are full, they are made again as they are needed.
  static constexpr std::size_t kMostKept = 1'000;

  const Document* document_ = nullptr;
  exporting::Language language_ = exporting::Language::English;
  std::map<EventPosition, std::string> kept_;
};

}  // namespace mailwalk::gui
