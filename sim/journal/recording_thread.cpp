#include "journal/recording_thread.hpp"

#include <csignal>
#include <new>
#include <system_error>
#include <utility>

namespace mailwalk::journal {
namespace {

constexpr int kMomentsToFinish = 50;  // ten seconds in all

// While this lives, a thread that is begun is never interrupted by a signal: they are for the run.
class SignalsHeldBack {
 public:
  SignalsHeldBack() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsHeldBack() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeldBack(const SignalsHeldBack&) = delete;
  SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

Result<std::unique_ptr<RecordingThread>> RecordingThread::begin(
    std::unique_ptr<RecordingBatches> batches) {
  std::unique_ptr<RecordingThread> made(new RecordingThread(std::move(batches)));
  const SignalsHeldBack held_back;
  try {
    made->thread_ = std::thread([thread = made.get()] { thread->run(); });
  } catch (const std::system_error& problem) {
    return Error{std::string("a recording needs a thread: ") + problem.what(),
                 "end other programs first",
                 {}};
  }
  return made;
}

RecordingThread::RecordingThread(std::unique_ptr<RecordingBatches> batches)
    : batches_(std::move(batches)),
      events_(batches_->events()),
      committed_events_(batches_->committed_events()) {}

RecordingThread::~RecordingThread() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  work_came_.notify_one();
  if (thread_.joinable()) thread_.join();
}

// ---- The thread of the run -------------------------------------------------------------------

void RecordingThread::hand_over(std::vector<Handed>& events) {
  {
    const std::lock_guard lock(mutex_);
    if (handed_.empty()) {
      handed_.swap(events);
    } else {
      handed_.insert(handed_.end(), events.begin(), events.end());
    }
  }
  events.clear();
  work_came_.notify_one();
}

void RecordingThread::wait_for_rows(std::uint64_t events) {
  std::unique_lock lock(mutex_);
  work_was_done_.wait(lock, [&] { return events_ >= events || has_failed_; });
}

std::uint64_t RecordingThread::wish(Commit commit) {
  const std::lock_guard lock(mutex_);
  if (!wished_commit_ || commit == Commit::WaitForReaders) wished_commit_ = commit;
  work_came_.notify_one();
  return ++wishes_;
}

bool RecordingThread::is_granted(std::uint64_t wish) const {
  const std::lock_guard lock(mutex_);
  return granted_ >= wish;
}

void RecordingThread::wait_for(std::uint64_t wish) {
  std::unique_lock lock(mutex_);
  work_was_done_.wait(lock, [&] { return granted_ >= wish; });
}

const Error* RecordingThread::error() const {
  if (!has_failed_) return nullptr;
  const std::lock_guard lock(mutex_);
  return &*error_;
}

// ---- This thread -----------------------------------------------------------------------------

void RecordingThread::run() {
  std::unique_lock lock(mutex_);
  while (take_work(lock)) {
    const std::uint64_t wishes = wishes_;
    lock.unlock();
    const Done done = try_work();
    const std::optional<Error> why =
        done ? std::nullopt : std::optional(batches_->reason_of(done.error()));
    if (why) batches_.reset();
    lock.lock();
    if (why) {
      error_ = why;
      has_failed_ = true;
    }
    granted_ = wishes;
    work_was_done_.notify_all();
  }
  batches_.reset();
}

// Waits for it. False: there will be none.
bool RecordingThread::take_work(std::unique_lock<std::mutex>& lock) {
  work_came_.wait(lock, [&] { return !handed_.empty() || wished_commit_ || is_ending_; });
  if (is_ending_) return false;
  taken_.clear();
  taken_.swap(handed_);
  commit_ = std::exchange(wished_commit_, std::nullopt);
  return true;
}

// As the program does itself where memory is short.
Done RecordingThread::try_work() {
  try {
    return do_work();
  } catch (const std::bad_alloc&) {
    return Error{"cannot be written: not enough memory", "end other programs first", {}};
  }
}

Done RecordingThread::do_work() {
  if (!batches_) return done();  // after an error nothing is written any more
  const Done added = add_rows();
  if (!added || is_ending_ || !commit_ || !batches_->is_behind()) return added;
  const Done committed = *commit_ == Commit::Once ? batches_->commit(kNoPatience)
                                                  : batches_->commit_all(kMomentsToFinish);
  committed_events_ = batches_->committed_events();
  return committed;
}

Done RecordingThread::add_rows() {
  for (const Handed& handed : taken_) {
    if (is_ending_) return done();
    const Done added = batches_->add(*handed.event);
    if (!added) return added;
    events_ = batches_->events();
    if (!handed.may_end_batch || !batches_->is_full()) continue;
    const Done committed = batches_->commit(kNoPatience);
    if (!committed) return committed;
    committed_events_ = batches_->committed_events();
  }
  return done();
}

}  // namespace mailwalk::journal
