// A run that is open, with the place where a person stands in it; and how runs hang together that
// were forked from each other.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "gui/documents.hpp"
#include "gui/gates.hpp"
#include "gui/playback.hpp"
#include "world/scenario.hpp"

namespace mailwalk::gui {

struct OpenRun {
  // Where a branch comes from.
  struct Origin {
    std::size_t parent;   // index among the open runs, always smaller than its own
    EventPosition parts;  // the last event that it has in common with the parent
  };

  std::shared_ptr<Document> document;
  Playback playback;
  world::LocalText name{"main", "utama"};  // no two have the same
  std::optional<Origin> origin = std::nullopt;
  Gates gates{};
  // It came from outside, cannot be made again, and is in no file.
  bool is_only_copy = false;
};

using OpenRuns = std::vector<OpenRun>;

// From the first of all to this one, as indices.
std::vector<std::size_t> way_to(const OpenRuns& runs, std::size_t index);

// The last event that two runs have in common. REQUIRES that they are not the same.
EventPosition parting_of(const OpenRuns& runs, std::size_t one, std::size_t other);

}  // namespace mailwalk::gui
