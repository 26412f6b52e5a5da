// Which events tell a person something: where a step stops. Each fact is told once.
#pragma once

#include <optional>
#include <unordered_set>
#include <vector>

#include "gui/line_tap.hpp"
#include "journal/event.hpp"

namespace mailwalk::gui {

enum class Told : std::uint8_t { No, Yes };

// A command is told where it is sent and not again where it arrives (unless its sender is no
// machine of ours); that a line is encrypted, where its client knows it; octets, states and the
// setting of the stage are told only to who goes event by event.
class ToldEvents {
 public:
  // REQUIRES that this is the event after the last one that was added. What is hidden is not told,
  // and records are.
  Told add(const journal::Event& event, const Glimpse& glimpse);

  // The nearest one after or before a place; kNoEvent is the place before the first event.
  [[nodiscard]] std::optional<EventPosition> next(EventPosition from) const;
  [[nodiscard]] std::optional<EventPosition> previous(EventPosition from) const;
  // The last one that is no later than this place.
  [[nodiscard]] std::optional<EventPosition> at_or_before(EventPosition place) const;
  [[nodiscard]] const std::vector<EventPosition>& all() const { return told_; }

 private:
  [[nodiscard]] bool tells(const journal::Event& event);

  std::vector<EventPosition> told_;
  // Connections of which a machine of ours is the client or the server, or the client that speaks
  // TLS, and those that somebody has closed already. Only ever asked for one.
  std::unordered_set<ConnectionId> own_clients_, own_servers_, tls_clients_, closed_;
};

}  // namespace mailwalk::gui
