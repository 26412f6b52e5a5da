// The states of a POP3 session and what leads from one to another: the one table that server,
// client, hints, diagrams and tests read (RFC 1939 sections 3 to 6).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pop3/command.hpp"

namespace mailwalk::pop3 {

// Recordings keep these numbers: add at the end only.
enum class State : std::uint8_t {
  Connected,      // the connection stands, the greeting has not gone out
  Authorization,  // who are you?
  Transaction,    // the maildrop is open and locked; messages are listed, retrieved, marked
  Update,         // QUIT was given after login; marked messages are being removed
  Closed,
};
inline constexpr std::size_t kStateCount = 5;
// "AUTHORIZATION", as RFC 1939 writes it.
std::string_view name(State state);

// What a command needs beside the right state.
enum class Needs : std::uint8_t {
  Nothing,
  UserName,  // a USER before it
  Stamp,     // a greeting with an APOP time stamp
};

// In `from`, `verb` may be given; +OK leads to `to`, -ERR leaves the state as it is. QUIT leads on
// whatever the reply: "-ERR some deleted messages not removed" ends the session too.
struct Transition {
  State from;
  Verb verb;
  Needs needs;
  State to;
};

inline constexpr std::array<Transition, 17> kTransitions{{
    {State::Authorization, Verb::User, Needs::Nothing, State::Authorization},
    {State::Authorization, Verb::Pass, Needs::UserName, State::Transaction},
    {State::Authorization, Verb::Apop, Needs::Stamp, State::Transaction},
    {State::Authorization, Verb::Auth, Needs::Nothing, State::Transaction},
    {State::Authorization, Verb::Stls, Needs::Nothing, State::Authorization},
    {State::Authorization, Verb::Capa, Needs::Nothing, State::Authorization},
    {State::Authorization, Verb::Quit, Needs::Nothing, State::Closed},
    {State::Transaction, Verb::Stat, Needs::Nothing, State::Transaction},
    {State::Transaction, Verb::List, Needs::Nothing, State::Transaction},
    {State::Transaction, Verb::Retr, Needs::Nothing, State::Transaction},
    {State::Transaction, Verb::Dele, Needs::Nothing, State::Transaction},
    {State::Transaction, Verb::Noop, Needs::Nothing, State::Transaction},
    {State::Transaction, Verb::Rset, Needs::Nothing, State::Transaction},
    {State::Transaction, Verb::Top, Needs::Nothing, State::Transaction},
    {State::Transaction, Verb::Uidl, Needs::Nothing, State::Transaction},
    {State::Transaction, Verb::Capa, Needs::Nothing, State::Transaction},
    {State::Transaction, Verb::Quit, Needs::Nothing, State::Update},
}};

// What leads on without a command.
enum class Occasion : std::uint8_t {
  Greeting,    // the server said +OK
  UpdateDone,  // what was marked is removed
  Idle,        // nothing came for too long: no UPDATE, nothing is removed
  Cut,         // the connection ended, or one side gave up on it: no UPDATE either
};

struct Passage {
  State from;
  Occasion occasion;
  State to;
};

inline constexpr std::array<Passage, 8> kPassages{{
    {State::Connected, Occasion::Greeting, State::Authorization},
    {State::Connected, Occasion::Idle, State::Closed},
    {State::Connected, Occasion::Cut, State::Closed},
    {State::Authorization, Occasion::Idle, State::Closed},
    {State::Authorization, Occasion::Cut, State::Closed},
    {State::Transaction, Occasion::Idle, State::Closed},
    {State::Transaction, Occasion::Cut, State::Closed},
    {State::Update, Occasion::UpdateDone, State::Closed},
}};

// nullptr: the command is not for that state.
const Transition* find_transition(State from, Verb verb);
// nullopt: the occasion does not arise in that state.
std::optional<State> state_after(State from, Occasion occasion);
// In the order of the table.
std::vector<Verb> legal_verbs(State from);

}  // namespace mailwalk::pop3
