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
      gates_(text.gates),
      text_(std::move(text)) {
  if (reading == Reading::AtOnce) catch_up();
}

void Document::read_next() {
  gates_.add((*journal_)[EventPosition{index_.size()}]);
  index_.read_next(*journal_);
}

void Document::catch_up() {
  while (index_.size() < journal_->size()) read_next();
}

bool Document::read_on(const TimeSlice& slice) {
  return work_on(slice, [&] {
    if (index_.size() == journal_->size()) return false;
    read_next();
    // Asked for once, a view is near for good.
    if (index_.size() % kEventsBetweenViews == 0) {
      timeline_->view_at(EventPosition{index_.size() - 1});
    }
    return true;
  });
}

}  // namespace mailwalk::gui
