// What the window looks up in a run without reading it again: made event by event, as a run grows.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "gui/inspector/inspector_index.hpp"
#include "gui/ladder_index.hpp"
#include "gui/link_history.hpp"
#include "gui/routes.hpp"
#include "gui/run_rows.hpp"
#include "gui/tick_histogram.hpp"
#include "gui/told_events.hpp"
#include "gui/transcript_index.hpp"
#include "journal/journal.hpp"

namespace mailwalk::gui {

class RunIndex {
 public:
  // Takes in what was appended since the last call. Costs nothing if nothing was.
  void catch_up(const journal::Journal& journal);
  // The next event alone. REQUIRES that there is one.
  void read_next(const journal::Journal& journal) { add(journal, journal[EventPosition{size_}]); }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const ToldEvents& told() const { return told_; }
  [[nodiscard]] const TickHistogram& ticks() const { return ticks_; }
  [[nodiscard]] const Routes& routes() const { return routes_; }
  [[nodiscard]] const LinkHistory& links() const { return links_; }
  [[nodiscard]] const RunRows& rows() const { return rows_; }
  [[nodiscard]] const LadderIndex& ladder() const { return ladder_; }
  [[nodiscard]] const TranscriptIndex& transcript() const { return transcript_; }
  [[nodiscard]] const InspectorIndex& inspector() const { return inspector_; }
  // Where the stage is set and nobody has done anything yet; kNoEvent if there is nothing at all.
  [[nodiscard]] EventPosition start() const;
  // Every event on that connection, in order.
  [[nodiscard]] const std::vector<EventPosition>& events_of(ConnectionId connection) const;
  // Connections are numbered from 1 to this.
  [[nodiscard]] std::uint32_t connection_count() const;

 private:
  void add(const journal::Journal& journal, const journal::Event& event);
  void add_row(const journal::Journal& journal, const journal::Event& event);

  std::uint64_t size_ = 0;
  ToldEvents told_;
  TickHistogram ticks_;
  Routes routes_;
  LinkHistory links_;
  RunRows rows_;
  LadderIndex ladder_;
  TranscriptIndex transcript_;
  InspectorIndex inspector_;
  std::vector<std::vector<EventPosition>> events_of_connection_;  // [id - 1]
};

}  // namespace mailwalk::gui
