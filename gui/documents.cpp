#include "gui/documents.hpp"

#include <utility>

namespace mailwalk::gui {
namespace {

// Often enough that no slice is late for what the timeline folds in between.
constexpr std::uint64_t kEventsBetweenViews = 256;

}  // namespace

Document::Document(std::shared_ptr<const journal::Journal> journal, DocumentText text,
                   Reading reading)
    : journal_(std::move(journal)),
      timeline_(std::make_unique<journal::Timeline>(*journal_)),
      text_(std::move(text)) {
  if (reading == Reading::AtOnce) catch_up();
}

bool Document::read_on(const TimeSlice& slice) {
  return work_on(slice, [&] {
    if (index_.size() == journal_->size()) return false;
    index_.read_next(*journal_);
    // Asked for once, a view is near for good.
    if (index_.size() % kEventsBetweenViews == 0) {
      timeline_->view_at(EventPosition{index_.size() - 1});
    }
    return true;
  });
}

}  // namespace mailwalk::gui
