// The runs that are open in the window: each a journal, where it comes from, and its index.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gui/run_index.hpp"
#include "gui/time_slice.hpp"
#include "journal/journal.hpp"
#include "journal/timeline.hpp"
#include "world/gate_finder.hpp"
#include "world/scenario.hpp"

namespace mailwalk::gui {

// What is told about a run beside its events.
struct DocumentText {
  std::string named;         // what a person typed to open it; also what opens it again
  world::LocalText title;    //
  world::LocalText summary;  // may be empty
  std::vector<world::Gate> gates{};
};

// Whether a run is read at once, or by and by with read_on: a long one takes longer than a frame.
enum class Reading : std::uint8_t { AtOnce, InSlices };

// One run. The journal may still grow; nobody else reads it through another Timeline.
class Document {
 public:
  // The pointer keeps alive whatever the journal is part of: the world in which it happens, or a
  // recording.
  Document(std::shared_ptr<const journal::Journal> journal, DocumentText text,
           Reading reading = Reading::AtOnce);

  // True: all of it is read, so that going anywhere takes no longer than a frame.
  bool read_on(const TimeSlice& slice);
  // Takes in what was appended since. Once a frame; costs nothing if nothing was.
  void catch_up();

  [[nodiscard]] const journal::Journal& journal() const { return *journal_; }
  [[nodiscard]] const RunIndex& index() const { return index_; }
  // Where the lesson's gates come, as far as the run is read.
  [[nodiscard]] const world::GateFinder& gates() const { return gates_; }
  // Asking only makes it read further, so whoever may look at the run may ask.
  [[nodiscard]] journal::Timeline& timeline() const { return *timeline_; }
  [[nodiscard]] const DocumentText& text() const { return text_; }

 private:
  void read_next();

  std::shared_ptr<const journal::Journal> journal_;
  std::unique_ptr<journal::Timeline> timeline_;
  RunIndex index_;
  world::GateFinder gates_;
  DocumentText text_;
};

}  // namespace mailwalk::gui
