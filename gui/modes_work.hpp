// Delete and keep beside each other: the same scenario in both modes, made a slice in each frame.
#pragma once

#include <memory>
#include <optional>

#include "base/result.hpp"
#include "gui/beside_work.hpp"
#include "gui/documents.hpp"
#include "gui/time_slice.hpp"
#include "world/scenario.hpp"
#include "world/world.hpp"

namespace mailwalk::gui {

// Both are run to their ends. Of a branch it is the scenario that it comes from: what was changed
// in it may not be possible in the other mode.
class ModesWork {
 public:
  // An error if the run does not say what it takes to make it again.
  static Result<std::unique_ptr<ModesWork>> begin(const Document& document);
  // True: all is done.
  bool advance(const TimeSlice& slice);
  [[nodiscard]] double progress() const;  // 0 to 1
  // REQUIRES that it is done, and is asked once. The error is that of a run that had to be stopped.
  Result<std::unique_ptr<SideBySide>> take();

 private:
  struct Course {
    std::shared_ptr<world::World> world;
    std::shared_ptr<Document> document{};
  };
  ModesWork(const world::Scenario& scenario, DocumentText text, std::uint64_t likely_events);

  bool run(const TimeSlice& slice);
  bool read(Course& course, const TimeSlice& slice);

  Course deleting_, keeping_;
  DocumentText text_;
  std::uint64_t likely_events_;
  std::optional<BesideWork> beside_;
};

}  // namespace mailwalk::gui
