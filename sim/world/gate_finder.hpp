// When each gate of a lesson comes: read event by event, as a run grows. Where persons took part no
// gate comes, since it may go otherwise than the lesson says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "journal/journal.hpp"
#include "world/gate.hpp"
#include "world/scenario.hpp"

namespace mailwalk::world {

class GateFinder {
 public:
  explicit GateFinder(std::vector<Gate> gates);

  // REQUIRES that this is the event after the last one that was added.
  void add(const journal::Event& event);

  [[nodiscard]] const std::vector<Gate>& gates() const { return gates_; }
  // The event that it asks about, before it happens; nullopt if that has not come so far.
  [[nodiscard]] std::optional<EventPosition> moment(std::size_t gate) const;

 private:
  [[nodiscard]] bool is_at(NodeId node, const std::string& machine) const;
  [[nodiscard]] static bool is_from_outside(const journal::Event& event);
  [[nodiscard]] bool fits(const GateMoment& moment, const journal::Event& event) const;

  struct Sought {
    std::uint32_t left;  // so many such moments are still to come; 0: it was found
    EventPosition at = kNoEvent;
  };

  std::vector<Gate> gates_;
  std::vector<Sought> sought_;  // by gate
  std::map<NodeId, std::string> names_;
  bool goes_its_own_way_ = false;
};

// Plays the lesson in virtual time, and names each gate that never comes, by its place in the file.
std::vector<Error> find_idle_gates(const Scenario& scenario);

}  // namespace mailwalk::world
