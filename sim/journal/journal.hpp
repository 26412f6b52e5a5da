// The append-only list of all that happened. Everything else reads it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "journal/event.hpp"

namespace mailwalk::journal {

// Learns of each event right after it was appended: a recording, a window that follows a live run.
class JournalListener {
 public:
  virtual ~JournalListener() = default;
  virtual void appended(const Event& event) = 0;
};

// Events never move once appended: a reference stays good as long as the journal lives.
class Journal {
 public:
  Journal() = default;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  Journal(Journal&&) = default;
  Journal& operator=(Journal&&) = default;

  // Appends with the next position, which it returns. REQUIRES cause < size() or kNoEvent.
  EventPosition append(VirtualTime time, NodeId node, ConnectionId connection, EventPosition cause,
                       Payload&& payload);
  EventPosition append(VirtualTime time, NodeId node, ConnectionId connection, EventPosition cause,
                       const Payload& payload) {
    return append(time, node, connection, cause, Payload(payload));
  }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  // REQUIRES position < size().
  [[nodiscard]] const Event& operator[](EventPosition position) const;

  // Not owned; must outlive the journal or be taken away with nullptr.
  void set_listener(JournalListener* listener) { listener_ = listener; }

  // 16 hexadecimal digits over every event: equal on every machine for the same scenario, seed and
  // inputs.
  [[nodiscard]] std::string fingerprint() const;

  // Forward iteration over all events.
  class Iterator {
   public:
    Iterator(const Journal* journal, std::uint64_t at) : journal_(journal), at_(at) {}
    const Event& operator*() const { return (*journal_)[EventPosition{at_}]; }
    const Event* operator->() const { return &**this; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Journal* journal_;
    std::uint64_t at_;
  };
  [[nodiscard]] Iterator begin() const { return {this, 0}; }
  [[nodiscard]] Iterator end() const { return {this, size_}; }

 private:
  static constexpr std::size_t kEventsPerChunk = 1024;

  std::vector<std::unique_ptr<std::vector<Event>>> chunks_;  // each full but the last
  std::uint64_t size_ = 0;
  JournalListener* listener_ = nullptr;
};

}  // namespace mailwalk::journal
