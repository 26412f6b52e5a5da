// What the window looks up in a run without reading it again: made event by event, as a run grows.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "export/text.hpp"
#include "gui/inspector/inspector_index.hpp"
#include "gui/line_tap.hpp"
#include "gui/link_history.hpp"
#include "gui/routes.hpp"
#include "gui/telling.hpp"
#include "gui/tick_histogram.hpp"
#include "journal/journal.hpp"

namespace mailwalk::gui {

class RunIndex {
 public:
  // Takes in what was appended since the last call. Costs nothing if nothing was.
  void catch_up(const journal::Journal& journal);
  // The next event alone. REQUIRES that there is one.
  void read_next(const journal::Journal& journal) { add(journal, journal[EventPosition{size_}]); }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  // As it is told to somebody who sees so much.
  [[nodiscard]] const Telling& telling(exporting::Sight sight) const;
  [[nodiscard]] const TickHistogram& ticks() const { return ticks_; }
  [[nodiscard]] const Routes& routes() const { return routes_; }
  [[nodiscard]] const LinkHistory& links() const { return links_; }
  [[nodiscard]] const InspectorIndex& inspector() const { return inspector_; }
  // What is told to somebody who knows all.
  [[nodiscard]] const ToldEvents& told() const { return insider_.told(); }
  [[nodiscard]] const RunRows& rows() const { return insider_.rows(); }
  [[nodiscard]] const LadderIndex& ladder() const { return insider_.ladder(); }
  [[nodiscard]] const TranscriptIndex& transcript() const { return insider_.transcript(); }
  // Where the stage is set and nobody has done anything yet; kNoEvent if there is nothing at all.
  [[nodiscard]] EventPosition start() const;
  // Every event on that connection, in order.
  [[nodiscard]] const std::vector<EventPosition>& events_of(ConnectionId connection) const;
  // Connections are numbered from 1 to this.
  [[nodiscard]] std::uint32_t connection_count() const;

 private:
  void add(const journal::Journal& journal, const journal::Event& event);

  std::uint64_t size_ = 0;
  LineTap tap_;
  Telling insider_;
  std::optional<Telling> eavesdropper_;  // none while both are told the same
  TickHistogram ticks_;
  Routes routes_;
  LinkHistory links_;
  InspectorIndex inspector_;
  std::vector<std::vector<EventPosition>> events_of_connection_;  // [id - 1]
};

}  // namespace mailwalk::gui
