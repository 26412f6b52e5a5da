// The sessions of a journal, gathered event by event: for whoever cannot stop for all of it at
// once.
#pragma once

#include <memory>
#include <vector>

#include "journal/session_lines.hpp"

namespace mailwalk::journal {

class SessionCollector {
 public:
  virtual ~SessionCollector() = default;
  // REQUIRES every event of a journal, in order.
  virtual void take(const Event& event) = 0;
  // Those that sessions() gives. Once, after the last event.
  virtual std::vector<Session> finish() = 0;
};
std::unique_ptr<SessionCollector> make_session_collector();

}  // namespace mailwalk::journal
