// Whether every mail of a run arrived.
#pragma once

#include <cstdint>

#include "journal/journal.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::cli {

struct Undelivered {
  std::uint64_t waiting = 0;  // mails that still lie in an outbox or a queue
  std::uint64_t failed = 0;   // recipients that were refused or given up

  [[nodiscard]] bool any() const { return waiting + failed > 0; }
};

// At the end of the journal, whose view at that point is `view`.
Undelivered count_undelivered(const journal::Journal& journal, const journal::WorldView& view);

}  // namespace mailwalk::cli
