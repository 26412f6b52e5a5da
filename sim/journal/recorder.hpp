// The one writer of a journal: knows the present moment and what led to it.
#pragma once

#include <utility>

#include "journal/journal.hpp"

namespace mailwalk::journal {

// Stamps each event with the time and with the event that is being reacted to. The scheduler sets
// both before it hands control to a node, so no node has to carry causes about.
class Recorder {
 public:
  explicit Recorder(Journal& journal) : journal_(journal) {}

  [[nodiscard]] VirtualTime now() const { return now_; }
  [[nodiscard]] EventPosition cause() const { return cause_; }
  [[nodiscard]] const Journal& journal() const { return journal_; }

  // The present is `now`, and what happens until the next call happens because of `cause`.
  void set_moment(VirtualTime now, EventPosition cause) {
    now_ = now;
    cause_ = cause;
  }

  // What is recorded from now on happens because of `cause`, to the end of a Because or of the
  // moment.
  void go_on_because_of(EventPosition cause) { cause_ = cause; }

  EventPosition record(NodeId node, ConnectionId connection, Payload&& payload) {
    return journal_.append(now_, node, connection, cause_, std::move(payload));
  }

  // What is recorded while this lives was caused by `cause`; then the cause from before is back.
  class Because {
   public:
    Because(Recorder& recorder, EventPosition cause)
        : recorder_(recorder), before_(recorder.cause_) {
      recorder_.cause_ = cause;
    }
    ~Because() { recorder_.cause_ = before_; }
    Because(const Because&) = delete;
    Because& operator=(const Because&) = delete;

   private:
    Recorder& recorder_;
    EventPosition before_;
  };

 private:
  Journal& journal_;
  VirtualTime now_;
  EventPosition cause_ = kNoEvent;
};

}  // namespace mailwalk::journal
