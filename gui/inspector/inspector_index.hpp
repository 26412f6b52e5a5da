// What only the inspector looks up in a run: which event led to which, and how much was said. Made
// event by event, as a run grows.
#pragma once

#include <cstdint>

#include "gui/inspector/causes.hpp"
#include "gui/inspector/traffic.hpp"
#include "journal/journal.hpp"

namespace mailwalk::gui {

class InspectorIndex {
 public:
  // Takes in what was appended since the last call. Always the same journal.
  void catch_up(const journal::Journal& journal) {
    for (; size_ < journal.size(); ++size_) {
      const journal::Event& event = journal[EventPosition{size_}];
      causes_.add(event);
      traffic_.add(event);
    }
  }

  [[nodiscard]] const Causes& causes() const { return causes_; }
  [[nodiscard]] const Traffic& traffic() const { return traffic_; }

 private:
  std::uint64_t size_ = 0;
  Causes causes_;
  Traffic traffic_;
};

}  // namespace mailwalk::gui
