// Who ever calls whom, and by which protocol: from this the stage learns how to place the machines.
#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.hpp"
#include "journal/event.hpp"

namespace mailwalk::gui {

enum class Lane : std::uint8_t { Push, Pull };  // SMTP pushes, POP3 pulls

// In the direction in which is called: of a push the letters go that way, of a pull against it.
struct Route {
  NodeId caller, called;
  Lane lane;
  friend bool operator==(const Route&, const Route&) = default;
};

class Routes {
 public:
  void add(const journal::Event& event);
  // In the order in which they were first used.
  [[nodiscard]] const std::vector<Route>& all() const { return routes_; }

 private:
  std::vector<Route> routes_;  // of a few machines: never many
};

// A connection's lane by its port; anything but POP3 carries mail forward.
Lane lane_of(Port port);

}  // namespace mailwalk::gui
