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

bool ForkWork::advance() {
  if (!forking_.is_done()) {
    if (!forking_.advance(kPieces)) return false;
    auto forked = forking_.take();
    if (!forked) {
      changed_ = forked.error();
      return true;
    }
    world_ = std::move(*forked);
    return false;
  }
  for (std::uint64_t i = 0; i < kPieces; ++i) {
    if (!world_->step()) return true;
  }
  return false;
}

double ForkWork::progress() const {
  if (!world_) return forking_.progress() / 2;
  const auto events = static_cast<double>(world_->journal().size());
  return 0.5 + 0.5 * std::min(events / static_cast<double>(parent_journal_.size() + 1), 0.99);
}

Result<OpenRun> ForkWork::take() {
  if (!changed_) return changed_.error();
  const journal::Journal& journal = std::as_const(*world_).journal();
  const journal::Divergence divergence = journal::find_divergence(parent_journal_, journal);
  const std::uint64_t shared = divergence.at == kNoEvent ? journal.size() : divergence.at.value();
  const EventPosition parts{std::max<std::uint64_t>(shared, 1) - 1};
  auto document = std::make_shared<Document>(
      std::shared_ptr<const journal::Journal>(world_, &world_->journal()), text_);
  return OpenRun{std::move(document), Playback(parts), name_, OpenRun::Origin{parent_, parts}};
}

}  // namespace mailwalk::gui
