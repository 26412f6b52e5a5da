#include "net/scheduler.hpp"

#include <algorithm>
#include <cassert>

namespace mailwalk::net {

TaskId Scheduler::schedule(VirtualTime at, Priority priority, TaskHandler& handler,
                           std::uint64_t data, Hold hold) {
  std::uint32_t slot;
  if (free_slots_.empty()) {
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  Slot& task = slots_[slot];
  task.handler = &handler;
  task.data = data;
  task.cause = recorder_.cause();
  task.hold = hold;
  if (hold == Hold::KeepsRunning) ++keeping_running_;

  const std::uint64_t order = static_cast<std::uint64_t>(priority) << 56 | next_serial_++;
  heap_.push_back({std::max(at, now()), order, slot, task.generation});
  std::push_heap(heap_.begin(), heap_.end(), later);
  return {slot, task.generation};
}

void Scheduler::cancel(TaskId task) {
  if (task.slot >= slots_.size() || slots_[task.slot].generation != task.generation) return;
  free_slot(task.slot);
  ++dead_entries_;
  if (dead_entries_ > 64 && dead_entries_ > heap_.size() / 2) compact();
}

bool Scheduler::step() {
  drop_dead_entries();
  if (heap_.empty()) return false;
  const Entry entry = heap_.front();
  pop_entry();
  const Slot task = slots_[entry.slot];
  free_slot(entry.slot);
  // A run that was taken up again may be past what was scheduled while its stage was set.
  recorder_.set_moment(std::max(entry.time, now()), task.cause);
  task.handler->run_task(task.data);
  return true;
}

std::optional<VirtualTime> Scheduler::next_time() {
  drop_dead_entries();
  if (heap_.empty()) return std::nullopt;
  return heap_.front().time;
}

void Scheduler::pop_entry() {
  std::pop_heap(heap_.begin(), heap_.end(), later);
  heap_.pop_back();
}

void Scheduler::drop_dead_entries() {
  while (!heap_.empty() && !alive(heap_.front())) {
    pop_entry();
    --dead_entries_;
  }
}

// Cancelled entries stay in the heap until they come up; this keeps them from outnumbering the
// rest.
void Scheduler::compact() {
  heap_.erase(std::remove_if(heap_.begin(), heap_.end(),
                             [this](const Entry& entry) { return !alive(entry); }),
              heap_.end());
  std::make_heap(heap_.begin(), heap_.end(), later);
  dead_entries_ = 0;
}

void Scheduler::free_slot(std::uint32_t slot) {
  Slot& task = slots_[slot];
  if (task.hold == Hold::KeepsRunning) {
    assert(keeping_running_ > 0);
    --keeping_running_;
  }
  task.handler = nullptr;
  ++task.generation;
  free_slots_.push_back(slot);
}

void Timer::set(std::optional<VirtualTime> deadline) {
  deadline_ = deadline;
  if (!deadline) {
    scheduler_.cancel(task_);
    scheduled_.reset();
    return;
  }
  // A task that comes too early only looks at the deadline and waits on; one too late must be
  // replaced.
  if (scheduled_ && *scheduled_ <= *deadline) return;
  scheduler_.cancel(task_);
  scheduled_ = deadline;
  task_ = scheduler_.schedule(*deadline, Priority::Node, *this, 0, hold_);
}

void Timer::run_task(std::uint64_t /*data*/) {
  scheduled_.reset();
  if (!deadline_) return;
  if (*deadline_ > scheduler_.now()) {
    set(deadline_);
    return;
  }
  deadline_.reset();
  const std::function<void()> fired = fired_;  // what it does may destroy this timer
  fired();
}

}  // namespace mailwalk::net
