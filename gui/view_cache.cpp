#include "gui/view_cache.hpp"

namespace mailwalk::gui {

void ViewCache::look(const Document& document, EventPosition position) {
  if (version_ > 0 && document_ == &document && position_ == position) return;
  document_ = &document;
  position_ = position;
  ++version_;
  if (position == kNoEvent) {
    before_ = after_ = {};
    return;
  }
  const EventPosition earlier =
      position.value() == 0 ? kNoEvent : EventPosition{position.value() - 1};
  before_ = document.timeline().view_at(earlier);
  after_ = document.timeline().view_at(position);
}

}  // namespace mailwalk::gui
