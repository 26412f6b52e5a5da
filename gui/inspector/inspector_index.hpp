// What only the inspector looks up in a run: which event led to which, and how much was said. Made
// event by event, as a run grows.
#pragma once

#include "gui/inspector/causes.hpp"
#include "gui/inspector/traffic.hpp"
#include "journal/event.hpp"

namespace mailwalk::gui {

class InspectorIndex {
 public:
  void add(const journal::Event& event) {
    causes_.add(event);
    traffic_.add(event);
  }

  [[nodiscard]] const Causes& causes() const { return causes_; }
  [[nodiscard]] const Traffic& traffic() const { return traffic_; }

 private:
  Causes causes_;
  Traffic traffic_;
};

}  // namespace mailwalk::gui
