#include "gui/fork_work.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "journal/comparison.hpp"
#include "world/branch_name.hpp"

namespace mailwalk::gui {
namespace {

world::LocalText name_among(const OpenRuns& runs, const journal::Journal& parent,
                            EventPosition position, const world::Change& change) {
  if (position.value() >= parent.size()) return {};  // the fork itself will tell that it is none
  std::vector<world::LocalText> taken;
  for (const OpenRun& run : runs) taken.push_back(run.name);
  return world::distinct_name(world::branch_name(parent, position, change), taken);
}

}  // namespace

ForkWork::ForkWork(const OpenRuns& runs, std::size_t parent, EventPosition position,
                   world::Change change)
    : parent_journal_(runs[parent].document->journal()),
      text_(runs[parent].document->text()),
      parent_(parent),
      name_(name_among(runs, parent_journal_, position, change)),
      forking_(parent_journal_, position, std::move(change)) {}

bool ForkWork::advance(const TimeSlice& slice) {
  if (!world_ && !fork(slice)) return false;
  if (!changed_) return true;
  if (!work_on(slice, [this] { return world_->step(); })) return false;
  return read(slice);
}

// True: the world stands where it was changed, or cannot be changed.
bool ForkWork::fork(const TimeSlice& slice) {
  constexpr std::uint64_t kPiecesAtOnce = 100;
  while (!forking_.advance(kPiecesAtOnce)) {
    if (slice.is_over()) return false;
  }
  auto forked = forking_.take();
  if (forked) {
    world_ = std::move(*forked);
  } else {
    changed_ = forked.error();
  }
  return true;
}

bool ForkWork::read(const TimeSlice& slice) {
  const journal::Journal& journal = std::as_const(*world_).journal();
  if (!document_) {
    document_ = std::make_shared<Document>(
        std::shared_ptr<const journal::Journal>(world_, &journal), text_, Reading::InSlices);
  }
  if (!document_->read_on(slice)) return false;
  return work_on(slice, [&] {
    if (shared_events_ == std::min(journal.size(), parent_journal_.size())) return false;
    const EventPosition at{shared_events_};
    if (!journal::same_event(journal[at], parent_journal_[at])) return false;
    ++shared_events_;
    return true;
  });
}

double ForkWork::progress() const {
  constexpr double kForked = 0.4;
  constexpr double kRun = 0.8;
  const auto parent_events = static_cast<double>(parent_journal_.size() + 1);
  const auto part_of_parent = [&](std::uint64_t events) {
    return std::min(static_cast<double>(events) / parent_events, 0.99);
  };
  if (!world_) return kForked * forking_.progress();
  if (!document_) {
    const std::uint64_t events = std::as_const(*world_).journal().size();
    return kForked + (kRun - kForked) * part_of_parent(events);
  }
  return kRun + (1 - kRun) * part_of_parent(document_->index().size());
}

const Error* ForkWork::trouble() const {
  return world_ && world_->trouble() ? &*world_->trouble() : nullptr;
}

Result<OpenRun> ForkWork::take() {
  if (!changed_) return changed_.error();
  const EventPosition parts{std::max<std::uint64_t>(shared_events_, 1) - 1};
  return OpenRun{std::move(document_), Playback(parts), name_, OpenRun::Origin{parent_, parts}};
}

}  // namespace mailwalk::gui
