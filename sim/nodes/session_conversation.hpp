// A conversation that a protocol session leads: what is the same for all four sessions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "nodes/covered_conversation.hpp"

namespace mailwalk::nodes {

// Session: smtp or pop3, server or client; they all have the same shape. A subclass says in
// handle() what each event means to its machine.
template <class Session, class Event>
class SessionConversation : public CoveredConversation {
 public:
  // Whether the handshake of TLS comes before anything is said.
  enum class Cover : std::uint8_t { OnceAsked, FromTheStart };

  template <class Config>
  SessionConversation(Machine& machine, Config config, Cover cover = Cover::OnceAsked)
      : CoveredConversation(machine), session_(std::move(config)), cover_(cover) {}

 protected:
  [[nodiscard]] Session& session() { return session_; }
  [[nodiscard]] const Session& session() const { return session_; }

  virtual void handle(const Event& event) = 0;
  // As a server, or as a client of somebody.
  virtual void begin_tls() = 0;

  // The session has told that TLS begins: once its output is sent.
  void begin_tls_after_output() { tls_is_due_ = true; }

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
      if (output.empty()) {
        if (std::exchange(tls_is_due_, false)) begin_tls();
        break;
      }
      say(std::move(output));
    }
    if (session_.wants_close()) {
      set_deadline(std::nullopt);
      hang_up();
    } else {
      set_deadline(session_.deadline());
    }
  }

  // What came in, a command or a reply: what follows in this pump happens because of it, and not
  // because of what came in before it.
  void record_arrival(journal::Payload&& payload) {
    machine().recorder().go_on_because_of(arrival_);
    record_as_cause(std::move(payload));
  }

  // What follows in this pump happens because of this.
  EventPosition record_as_cause(journal::Payload&& payload) {
    const EventPosition position = record(std::move(payload));
    machine().recorder().go_on_because_of(position);
    return position;
  }

  void opened() override {
    if (cover_ == Cover::OnceAsked) return start_session();
    set_deadline(now() + kLongestHandshake);
    begin_tls();
  }
  void covered() override {
    if (!session_is_running_) return start_session();
    session_.tls_established(now());
    pump();
  }
  void cover_failed(const std::string& /*why*/) override {
    session_.peer_closed(now());
    pump();
  }
  void output_moved(std::uint64_t /*waiting_octets*/) override { pump(); }
  bool holds_back() const override { return has_enough_under_way() && !session_.wants_close(); }
  void heard(std::string_view plain) override {
    session_.receive(plain, now());
    pump();
  }
  void ended(net::CloseKind /*how*/) override {
    session_.peer_closed(now());
    pump();
  }
  void deadline_passed() override {
    tell_if_handshake_is_late();
    if (!session_is_running_) {
      cover_failed("timed out");
      return hang_up();
    }
    session_.time_passed(now());
    pump();
  }

 private:
  // Before anything was said nobody has agreed to wait; a handshake takes some round trips.
  static constexpr Duration kLongestHandshake = minutes(1);

  void start_session() {
    session_is_running_ = true;
    session_.start(now());
    pump();
  }

  [[nodiscard]] bool has_enough_under_way() const {
    return waiting_octets() > net::kMostWaitingOctets;
  }

  Session session_;
  Cover cover_;
  bool session_is_running_ = false;
  bool tls_is_due_ = false;
  EventPosition arrival_ = kNoEvent;  // what set off the present pump
};

}  // namespace mailwalk::nodes
