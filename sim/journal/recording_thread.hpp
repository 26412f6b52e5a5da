// The thread in which the rows of a recording are written, so that a run does not wait for them.
//
// It and the thread of the run share nothing but events, which never change once they happened, and
// the log of promises, which has a lock of its own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.hpp"
#include "journal/event.hpp"
#include "journal/recording_batches.hpp"

namespace mailwalk::journal {

// How hard a commit tries while somebody reads the file.
enum class Commit : std::uint8_t {
  Once,
  WaitForReaders,  // up to ten seconds
};

class RecordingThread {
 public:
  // An error says that the system has no thread to give.
  static Result<std::unique_ptr<RecordingThread>> begin(std::unique_ptr<RecordingBatches> batches);
  // What is in no commit yet is taken back, and the file is closed. It takes as long as a commit
  // that is under way.
  ~RecordingThread();
  RecordingThread(const RecordingThread&) = delete;
  RecordingThread& operator=(const RecordingThread&) = delete;

  struct Handed {
    const Event* event;  // stays where it is until this has ended
    bool may_end_batch;  // the file may end with it
  };
  // Takes these, in their order after those before, and leaves the vector empty.
  void hand_over(std::vector<Handed>& events);
  // Returns when so many events of the run are rows, or nothing is written any more.
  void wait_for_rows(std::uint64_t events);

  // To commit all that was handed over; the number of this wish.
  std::uint64_t wish(Commit commit);
  // Whether that was tried; the second returns when it was.
  [[nodiscard]] bool is_granted(std::uint64_t wish) const;
  void wait_for(std::uint64_t wish);

  // Of the run, that are rows, and that are in the file.
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::uint64_t committed_events() const { return committed_events_; }
  // What ended the writing; nullptr if nothing did. It stays as long as this lives.
  [[nodiscard]] const Error* error() const;

 private:
  explicit RecordingThread(std::unique_ptr<RecordingBatches> batches);

  void run();
  bool take_work(std::unique_lock<std::mutex>& lock);
  Done try_work();
  Done do_work();
  Done add_rows();

  // Of the thread alone, once it has begun.
  std::unique_ptr<RecordingBatches> batches_;  // nullptr after an error
  std::vector<Handed> taken_;
  std::optional<Commit> commit_;  // what is wished for

  mutable std::mutex mutex_;  // of all that follows
  std::condition_variable work_came_;
  std::condition_variable work_was_done_;
  std::vector<Handed> handed_;
  std::optional<Commit> wished_commit_;
  std::uint64_t wishes_ = 0;
  std::uint64_t granted_ = 0;
  std::optional<Error> error_;

  // Looked at for each event.
  std::atomic<std::uint64_t> events_;
  std::atomic<std::uint64_t> committed_events_;
  std::atomic<bool> has_failed_ = false;
  std::atomic<bool> is_ending_ = false;

  std::thread thread_;
};

}  // namespace mailwalk::journal
