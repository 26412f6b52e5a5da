// The gates of the lesson that is open: where the window stops and asks, and what was answered.
#pragma once

#include <cstddef>
#include <map>
#include <optional>

#include "base/ids.hpp"
#include "gui/documents.hpp"
#include "world/gate.hpp"

namespace mailwalk::gui {

// A gate that asks where somebody stands.
struct OpenGate {
  std::size_t index = 0;  // among the lesson's gates
  const world::Gate* gate = nullptr;
  std::optional<std::size_t> chosen;  // index of the answer that was given
  bool is_last = true;                // no other one asks in its place once it is answered
  [[nodiscard]] bool is_answered() const { return chosen.has_value(); }
};

// Of one opening of a run: another one asks anew.
class Gates {
 public:
  // Where the next step forward ends at the latest: the first gate here or ahead at which nobody
  // has stood. kNoEvent: there is none.
  [[nodiscard]] EventPosition halt_after(const Document& run, EventPosition position) const;
  // nullopt: none asks there. Several ask there one after the other.
  [[nodiscard]] std::optional<OpenGate> open_at(const Document& run, EventPosition position) const;

  // Somebody stands there: those that ask there stop nobody again. True: one did so until now.
  bool meet_all(const Document& run, EventPosition position);
  // The first answer counts.
  void answer(std::size_t gate, std::size_t choice);
  // Somebody goes on from there, who has answered. True: the next one asks now, in the same place.
  bool turn_to_next(const Document& run, EventPosition position);

 private:
  struct Known {
    std::optional<std::size_t> chosen;
    bool is_read = false;  // and gave its place to the next one
  };
  std::map<std::size_t, Known> known_;  // those at which somebody has stood
};

}  // namespace mailwalk::gui
