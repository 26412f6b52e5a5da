// A branch while it is made: run again up to the change and then to its end, a slice in each frame,
// so that the window goes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/result.hpp"
#include "gui/open_run.hpp"
#include "world/change.hpp"
#include "world/forking.hpp"

namespace mailwalk::gui {

class ForkWork {
 public:
  // Of this run, changed at this event. The runs that are open must stay until it is done.
  ForkWork(const OpenRuns& runs, std::size_t parent, EventPosition position, world::Change change);

  // One slice. Returns whether all is done.
  bool advance();
  // How much is done, 0 to 1; never all of it before the end, which nobody knows.
  [[nodiscard]] double progress() const;
  // The branch, standing where it parts from the parent; or why there is none. REQUIRES that it is
  // done, and is asked once.
  Result<OpenRun> take();

 private:
  // So little that a frame is not late for it.
  static constexpr std::uint64_t kPieces = 1'500;

  const journal::Journal& parent_journal_;
  DocumentText text_;
  std::size_t parent_;
  world::LocalText name_;
  world::Forking forking_;
  std::shared_ptr<world::World> world_;
  Done changed_ = done();
};

}  // namespace mailwalk::gui
