// The view at the position that is looked at, asked of the timeline only when the position changes.
#pragma once

#include <cstdint>

#include "gui/documents.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::gui {

class ViewCache {
 public:
  // Right after the event at that position, and right before it. The same document again must be
  // the same journal.
  void look(const Document& document, EventPosition position);

  [[nodiscard]] EventPosition position() const { return position_; }
  [[nodiscard]] const journal::WorldView& after() const { return after_; }
  [[nodiscard]] const journal::WorldView& before() const { return before_; }
  // Grows with each change, so that others can keep what they make of the view.
  [[nodiscard]] std::uint64_t version() const { return version_; }

 private:
  const Document* document_ = nullptr;
  EventPosition position_ = kNoEvent;
  journal::WorldView before_, after_;
  std::uint64_t version_ = 0;
};

}  // namespace mailwalk::gui
