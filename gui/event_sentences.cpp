#include "gui/event_sentences.hpp"

#include "gui/sight_words.hpp"

namespace mailwalk::gui {

const std::string& EventSentences::of(const UiFrame& frame, EventPosition event) {
  const exporting::Language language = frame.language.which();
  if (document_ != &frame.document || language_ != language || kept_.size() >= kMostKept) {
    document_ = &frame.document;
    language_ = language;
    kept_.clear();
  }
  const auto found = kept_.find(event);
  if (found != kept_.end()) return found->second;

  const journal::Event& it = frame.document.journal()[event];
  if (event == frame.position()) {
    return kept_[event] =
               sentence_about({it, frame.before, frame.view}, frame.telling(), frame.language);
  }
  journal::Timeline& timeline = frame.document.timeline();
  const EventPosition earlier = event.value() == 0 ? kNoEvent : EventPosition{event.value() - 1};
  const journal::WorldView before = timeline.view_at(earlier);
  const journal::WorldView after = timeline.view_at(event);
  return kept_[event] = sentence_about({it, before, after}, frame.telling(), frame.language);
}

}  // namespace mailwalk::gui
