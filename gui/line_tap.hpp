// What of an event can be seen on the line: by somebody who reads along there and has no keys.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "export/wire_tap.hpp"
#include "journal/event.hpp"
#include "tls/record_reader.hpp"

namespace mailwalk::gui {

// Which keys the ends of a line have, whose certificate it was, what was wrong with it: nobody says
// so, and the line shows nothing of it.
bool is_known_to_ends_alone(const journal::Event& event);

struct Glimpse {
  bool is_hidden = false;            // something was told, and the line shows nothing of it
  std::vector<tls::Record> records;  // of TLS, that are whole with this event

  // The line shows something else than what was said.
  [[nodiscard]] bool differs() const { return is_hidden || !records.empty(); }
};

class LineTap {
 public:
  // REQUIRES every event of a journal, in order.
  Glimpse take(const journal::Event& event);

 private:
  exporting::WireTap wire_;
  std::set<std::pair<ConnectionId, NodeId>> encrypted_ends_;
};

}  // namespace mailwalk::gui
