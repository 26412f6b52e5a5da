// Delete and keep beside each other: the same scenario in both modes, made a slice in each frame.
#pragma once

#include <cstdint>
#include <memory>

#include "base/result.hpp"
#include "gui/documents.hpp"
#include "gui/side_by_side.hpp"
#include "world/scenario.hpp"
#include "world/world.hpp"

namespace mailwalk::gui {

// The scenario of a run in delete mode and in keep mode, run to their ends a slice in each frame.
class ModesWork {
 public:
  // An error if the run does not say what it takes to make it again.
  static Result<ModesWork> begin(const Document& document);
  // One slice. Returns whether all is done.
  bool advance();
  // REQUIRES that it is done, and is asked once. The error is that of a run that had to be stopped.
  Result<std::unique_ptr<SideBySide>> take();

 private:
  ModesWork(const world::Scenario& scenario, DocumentText text);

  static constexpr std::uint64_t kStepsPerSlice = 1'000;
  std::shared_ptr<world::World> keeping_, deleting_;
  DocumentText text_;
};

}  // namespace mailwalk::gui
