// The legal moves of SMTP: one table (state, verb) -> may it / next state / reply if not. Server,
// client, hints on the screen, the state diagram and the tests all read it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "smtp/command.hpp"
#include "smtp/reply.hpp"

namespace mailwalk::smtp {

// Where a session stands. Server and client go through the same states: the server when it sends a
// reply, the client when it receives it.
enum class State {
  Connected,  // before the greeting
  Greeted,    // 220 was said, no EHLO or HELO yet
  Ready,      // no transaction
  MailGiven,  // MAIL was accepted, no recipient yet
  RcptGiven,  // at least one recipient was accepted
  Data,       // 354 was said: all input is content until the lone dot
  NoService,  // the greeting was 5xx: only QUIT is left (RFC 5321 section 3.1)
  Closed,
};
inline constexpr std::size_t kStateCount = static_cast<std::size_t>(State::Closed) + 1;

// "RcptGiven"
std::string_view name(State state);

enum class Legality {
  Allowed,
  OutOfSequence,  // 503
  NotOffered,     // 502: a verb that is known, but not spoken here
  Unknown,        // 500
};

struct Transition {
  State from;
  Verb verb;
  Legality legality;
  State next;                // after a positive reply; `from` if the verb is not allowed
  std::string_view refusal;  // text of the reply if it is not allowed
};

// All states times all verbs, in the order of the enums.
std::span<const Transition> transitions();

const Transition& transition(State from, Verb verb);

inline bool is_allowed(State from, Verb verb) {
  return transition(from, verb).legality == Legality::Allowed;
}

// The reply to a verb that is not allowed: 503 5.5.1, 502 5.5.1 or 500 5.5.2.
// REQUIRES the transition is not allowed.
Reply refusal(const Transition& transition);

// The allowed moves, a line each: "Ready  MAIL  MailGiven".
std::string transitions_text();

}  // namespace mailwalk::smtp
