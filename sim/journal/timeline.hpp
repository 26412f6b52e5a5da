// Going about in a journal: the view at any position, the next command, the word that was said.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"
#include "journal/stops.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::journal {

// Reads a journal that may grow meanwhile, and works only as far into it as it is asked.
//
// A place between two events is named by the event before it; kNoEvent is the place before the
// first one. Whoever steps forward from kNoEvent comes to the first event.
class Timeline {
 public:
  // The journal must outlive it.
  explicit Timeline(const Journal& journal) : journal_(journal) {}

  // Right after that event; for kNoEvent, the view in which nothing has happened yet. REQUIRES that
  // the event is in the journal. Costs at most so many events as lie between two checkpoints, once
  // the journal was read that far.
  WorldView view_at(EventPosition position);

  // The nearest event of that kind after and before a place; nullopt if there is none.
  std::optional<EventPosition> next(EventPosition from, Kind kind);
  std::optional<EventPosition> previous(EventPosition from, Kind kind);

  // The nearest event in which the text occurs: in a line, a reply, a mail, an address or whatever
  // else is told there, whether in capitals or not (ASCII). Not in the scenario's text, nor in raw
  // bytes, where what was said is only said again. An empty text is nowhere.
  std::optional<EventPosition> find(std::string_view text, EventPosition from);
  std::optional<EventPosition> find_back(std::string_view text, EventPosition from);

 private:
  // So few that folding them takes far less than a frame, so many that the checkpoints together
  // take less than the journal.
  static constexpr std::uint64_t kEventsPerCheckpoint = 512;

  void make_checkpoints(std::uint64_t events);
  void index_all();

  const Journal& journal_;
  std::vector<WorldView> checkpoints_;  // [i]: after (i + 1) * kEventsPerCheckpoint events
  WorldView last_asked_;                // whoever steps forward goes on from here
  Stops stops_;
};

}  // namespace mailwalk::journal
