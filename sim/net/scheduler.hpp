// Virtual time: what is to happen, in the order in which it happens.
//
// It stands in this layer because the virtual network needs it; the world only turns the crank.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "base/virtual_time.hpp"
#include "journal/recorder.hpp"

namespace mailwalk::net {

// Whoever has things to do later. `data` is its own note to itself.
class TaskHandler {
 public:
  virtual void run_task(std::uint64_t data) = 0;

 protected:
  ~TaskHandler() = default;
};

// Which of two tasks at the same moment comes first.
enum class Priority : std::uint8_t {
  AtOnce,   // before anything else of this moment: a line that breaks
  Network,  // what has arrived
  Node,     // what a program does by its own clock
  Person,   // what a person does
};

// Whether a run goes on for this task alone. A device that asks every 15 minutes would never let it
// end.
enum class Hold : std::uint8_t { KeepsRunning, MayBeLeft };

// A task that was scheduled. Stays harmless after the task ran or was cancelled.
struct TaskId {
  std::uint32_t slot = ~std::uint32_t{0};
  std::uint32_t generation = 0;
};

// A heap ordered by (time, priority, serial): no two tasks are equal, so the order is the same on
// every machine. A task remembers the cause of the moment in which it was scheduled.
class Scheduler {
 public:
  explicit Scheduler(journal::Recorder& recorder) : recorder_(recorder) {}
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  [[nodiscard]] VirtualTime now() const { return recorder_.now(); }
  [[nodiscard]] journal::Recorder& recorder() { return recorder_; }

  // REQUIRES that the handler lives until the task ran or was cancelled. A time in the past is now.
  TaskId schedule(VirtualTime at, Priority priority, TaskHandler& handler, std::uint64_t data,
                  Hold hold = Hold::KeepsRunning);

  // Does nothing if the task ran or was cancelled already.
  void cancel(TaskId task);

  // Runs the next task. False if there is none.
  bool step();

  [[nodiscard]] std::optional<VirtualTime> next_time();

  // Tasks that a run waits for.
  [[nodiscard]] std::uint64_t keeping_running() const { return keeping_running_; }

 private:
  struct Entry {
    VirtualTime time;
    std::uint64_t order;  // priority in the highest byte, then the serial number
    std::uint32_t slot;
    std::uint32_t generation;
  };
  struct Slot {
    TaskHandler* handler = nullptr;
    std::uint64_t data = 0;
    EventPosition cause = kNoEvent;
    std::uint32_t generation = 0;  // counts up whenever the slot is freed: old ids no longer match
    Hold hold = Hold::KeepsRunning;
  };

  static bool later(const Entry& a, const Entry& b) {
    return a.time != b.time ? a.time > b.time : a.order > b.order;
  }
  [[nodiscard]] bool alive(const Entry& entry) const {
    return slots_[entry.slot].generation == entry.generation;
  }
  void pop_entry();
  void drop_dead_entries();
  void compact();
  void free_slot(std::uint32_t slot);

  journal::Recorder& recorder_;
  std::vector<Entry> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::uint64_t next_serial_ = 0;
  std::uint64_t keeping_running_ = 0;
  std::uint64_t dead_entries_ = 0;
};

// A deadline that moves: cheap to set later again and again, as every command does to an idle
// timer.
class Timer final : public TaskHandler {
 public:
  // Calls `fired` when the deadline has come. REQUIRES that the scheduler outlives the timer.
  Timer(Scheduler& scheduler, std::function<void()> fired, Hold hold = Hold::KeepsRunning)
      : scheduler_(scheduler), fired_(std::move(fired)), hold_(hold) {}
  ~Timer() { scheduler_.cancel(task_); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // nullopt: no deadline.
  void set(std::optional<VirtualTime> deadline);

  void run_task(std::uint64_t data) override;

 private:
  Scheduler& scheduler_;
  std::function<void()> fired_;
  Hold hold_;
  TaskId task_;
  std::optional<VirtualTime> scheduled_;  // when the task will run: never after deadline_
  std::optional<VirtualTime> deadline_;
};

}  // namespace mailwalk::net
