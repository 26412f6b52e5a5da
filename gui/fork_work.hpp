// A branch while it is made: run again up to the change and then to its end, a slice in each frame,
// so that the window goes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/result.hpp"
#include "gui/open_run.hpp"
#include "gui/time_slice.hpp"
#include "world/change.hpp"
#include "world/forking.hpp"

namespace mailwalk::gui {

class ForkWork {
 public:
  // Of this run, changed at this event. The runs that are open must stay until it is done.
  ForkWork(const OpenRuns& runs, std::size_t parent, EventPosition position, world::Change change);

  // True: all is done.
  bool advance(const TimeSlice& slice);
  // How much is done, 0 to 1; never all of it before the end, which nobody knows.
  [[nodiscard]] double progress() const;
  // Why the branch was stopped before its end; nullptr: it was not, or there is none.
  [[nodiscard]] const Error* trouble() const;
  // The branch, standing where it parts from the parent; or why there is none. REQUIRES that it is
  // done, and is asked once.
  Result<OpenRun> take();

 private:
  bool fork(const TimeSlice& slice);
  bool read(const TimeSlice& slice);

  const journal::Journal& parent_journal_;
  DocumentText text_;
  std::size_t parent_;
  world::LocalText name_;
  world::Forking forking_;
  std::shared_ptr<world::World> world_;
  std::shared_ptr<Document> document_;
  std::uint64_t shared_events_ = 0;  // with the parent, as far as it was compared
  Done changed_ = done();
};

}  // namespace mailwalk::gui
