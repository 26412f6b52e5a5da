#include "journal/recording_writer.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

namespace mailwalk::journal {
namespace {

// To wake the other thread costs the time of many events.
constexpr std::size_t kEventsAtOnce = 4'096;

// Whoever records faster than rows are written waits for them with so many.
constexpr std::uint64_t kMostWaitingEvents = 4 * kEventsAtOnce;

}  // namespace

RecordingWriter::RecordingWriter(const std::string& path)
    : path_(path), place_(file_at(path)), promises_(path) {}

RecordingWriter::~RecordingWriter() {
  finish();
}

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::create(const std::string& path,
                                                                 Existing existing) {
  const Done empty = make_empty_recording(path, existing);
  if (!empty) return empty.error();
  std::unique_ptr<RecordingWriter> writer(new RecordingWriter(path));
  auto batches = RecordingBatches::begin(path, writer->promises_);
  Done begun = batches ? done() : Done(batches.error());
  if (batches) {
    writer->batches_ = std::move(*batches);
    begun = writer->begin_thread();
  }
  if (begun) return writer;
  // Nobody wants a file that is no recording.
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  return begun.error();
}

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::reserve(const std::string& path) {
  std::unique_ptr<RecordingWriter> writer(new RecordingWriter(path));
  auto batches = RecordingBatches::reserve(path, writer->promises_);
  if (!batches) return batches.error();
  writer->batches_ = std::move(*batches);
  return writer;
}

Done RecordingWriter::go_on(const Journal& past) {
  const Done goes_on = batches_->go_on(past);
  if (!goes_on) return fail(goes_on.error());
  seen_events_ = past.size();
  return begin_thread();
}

Done RecordingWriter::begin_thread() {
  auto thread = RecordingThread::begin(std::move(batches_));
  if (!thread) return fail(thread.error());
  thread_ = std::move(*thread);
  return done();
}

void RecordingWriter::follow(Journal& journal, Commits commits) {
  commits_ = commits;
  journal_ = listened_to_ = &journal;
  for (std::uint64_t i = seen_events_; i < journal.size(); ++i) appended(journal[EventPosition{i}]);
  journal.set_listener(this);
}

void RecordingWriter::appended(const Event& event) {
  take(event);
  if (commits_ == Commits::Anywhere && !has_room()) {
    thread_->wait_for_rows(seen_events_ - kMostWaitingEvents);
  }
}

void RecordingWriter::write_next(const Journal& journal) {
  journal_ = &journal;
  take(journal[EventPosition{seen_events_}]);
}

void RecordingWriter::take(const Event& event) {
  if (thread_ == nullptr || error() != nullptr) return;
  seen_events_ = event.position.value() + 1;
  const bool may_end_batch = commits_ == Commits::Anywhere;
  not_handed_over_.push_back({&event, may_end_batch});
  if (may_end_batch && not_handed_over_.size() >= kEventsAtOnce) hand_over();
}

bool RecordingWriter::has_room() const {
  return thread_ == nullptr || seen_events_ <= written_events() + kMostWaitingEvents;
}

std::uint64_t RecordingWriter::written_events() const {
  return thread_ == nullptr ? seen_events_ : thread_->events();
}

// Who has a run to serve never waits for rows.
void RecordingWriter::step_is_over() {
  if (not_handed_over_.empty()) return;
  not_handed_over_.back().may_end_batch = true;
  if (not_handed_over_.size() >= kEventsAtOnce) hand_over();
}

void RecordingWriter::hand_over() {
  if (not_handed_over_.empty()) return;
  not_handed_over_.back().may_end_batch = true;
  thread_->hand_over(not_handed_over_);
}

bool RecordingWriter::is_behind() const {
  return thread_ != nullptr && thread_->committed_events() < seen_events_;
}

Done RecordingWriter::promise() {
  if (error() != nullptr) return *error();
  if (!is_behind()) return done();
  step_is_over();
  if (file_at(path_) != place_) return fail(moved_error(path_));
  const Done kept = promises_.keep(seen_events_, [this](std::uint64_t position) -> const Event& {
    return (*journal_)[EventPosition{position}];
  });
  return kept ? kept : fail(kept.error());
}

void RecordingWriter::begin_commit() {
  if (!is_behind() || error() != nullptr) return;
  hand_over();
  last_wish_ = thread_->wish(Commit::Once);
}

bool RecordingWriter::is_committing() const {
  return thread_ != nullptr && !thread_->is_granted(last_wish_);
}

Done RecordingWriter::commit() {
  if (error() != nullptr) return *error();
  if (!is_behind()) return done();
  hand_over();
  thread_->wait_for(thread_->wish(Commit::Once));
  return error() != nullptr ? Done(*error()) : done();
}

Done RecordingWriter::finish() {
  if (is_behind() && error() == nullptr) {
    hand_over();
    thread_->wait_for(thread_->wish(Commit::WaitForReaders));
  }
  Done written = error() != nullptr ? Done(*error()) : done();
  if (written && is_behind()) {
    written = Error{"is being read by another program, so that its end stays in a file of its own",
                    "keep the two together: " + promises_path(path_), path_};
  }
  if (listened_to_ != nullptr) listened_to_->set_listener(nullptr);
  journal_ = listened_to_ = nullptr;
  if (!written) return fail(written.error());
  end_thread();
  return written;
}

void RecordingWriter::give_up() {
  end_thread();
  promises_.discard();
  std::error_code ignored;  // it may be gone
  if (file_at(path_) == place_) std::filesystem::remove(path_, ignored);
}

const Error* RecordingWriter::error() const {
  if (error_) return &*error_;
  return thread_ != nullptr ? thread_->error() : nullptr;
}

// What is in the batch is taken back as the file is closed. What was promised stays beside it.
Done RecordingWriter::fail(const Error& why) {
  error_ = why;
  end_thread();
  return *error_;
}

void RecordingWriter::end_thread() {
  batches_.reset();
  thread_.reset();
  not_handed_over_.clear();
}

}  // namespace mailwalk::journal
