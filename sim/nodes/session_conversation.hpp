// A conversation that a protocol session leads: what is the same for all four sessions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "nodes/machine.hpp"

namespace mailwalk::nodes {

// Session: smtp or pop3, server or client; they all have the same shape. A subclass says in
// handle() what each event means to its machine.
template <class Session, class Event>
class SessionConversation : public Conversation {
 public:
  template <class Config>
  SessionConversation(Machine& machine, Config config)
      : Conversation(machine), session_(std::move(config)) {}

 protected:
  [[nodiscard]] Session& session() { return session_; }
  [[nodiscard]] const Session& session() const { return session_; }

  virtual void handle(const Event& event) = 0;

  // Works through what the session has to tell, sends what it has to say, keeps its deadline. To be
  // called after each call to the session. What the peer does not take in time stays with the
  // session, which works on no further then.
  void pump() {
    arrival_ = machine().recorder().cause();
    const journal::Recorder::Because restored(machine().recorder(), arrival_);
    for (;;) {
      while (auto event = session_.next_event()) handle(*event);
      if (has_enough_under_way() && !session_.wants_close()) break;
      std::string output = session_.take_output();
      if (output.empty()) break;
      send(std::move(output));
    }
    if (session_.wants_close()) {
      set_deadline(std::nullopt);
      close();
    } else {
      set_deadline(session_.deadline());
    }
  }

  // What came in, a command or a reply: what follows in this pump happens because of it, and not
  // because of what came in before it.
  void record_arrival(journal::Payload payload) {
    machine().recorder().go_on_because_of(arrival_);
    record_as_cause(std::move(payload));
  }

  // What follows in this pump happens because of this.
  EventPosition record_as_cause(journal::Payload payload) {
    const EventPosition position = record(std::move(payload));
    machine().recorder().go_on_because_of(position);
    return position;
  }

  void opened() override {
    session_.start(now());
    pump();
  }
  void output_moved(std::uint64_t /*waiting_octets*/) override { pump(); }
  bool holds_back() const override { return has_enough_under_way() && !session_.wants_close(); }
  void received(std::string_view bytes) override {
    session_.receive(bytes, now());
    pump();
  }
  void closed(net::CloseKind /*how*/) override {
    session_.peer_closed(now());
    pump();
  }
  void deadline_passed() override {
    session_.time_passed(now());
    pump();
  }

 private:
  [[nodiscard]] bool has_enough_under_way() const {
    return waiting_octets() > net::kMostWaitingOctets;
  }

  Session session_;
  EventPosition arrival_ = kNoEvent;  // what set off the present pump
};

}  // namespace mailwalk::nodes
