#include "smtp/transitions.hpp"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <string>

namespace mailwalk::smtp {

namespace {

constexpr std::array<std::string_view, kStateCount> kStateNames = {
    "Connected", "Greeted", "Ready", "MailGiven", "RcptGiven", "Data", "NoService", "Closed"};
static_assert(kStateNames[static_cast<std::size_t>(State::Closed)] == "Closed");

struct Move {
  State from;
  Verb verb;
  State next;
};

// RFC 5321 section 4.1.4: what may follow what. Everything that is not here is refused.
constexpr Move kMoves[] = {
    {State::Greeted, Verb::Helo, State::Ready},
    {State::Greeted, Verb::Ehlo, State::Ready},
    {State::Greeted, Verb::Rset, State::Greeted},
    {State::Greeted, Verb::Noop, State::Greeted},
    {State::Greeted, Verb::Vrfy, State::Greeted},
    {State::Greeted, Verb::Help, State::Greeted},
    {State::Greeted, Verb::Quit, State::Closed},
    {State::Greeted, Verb::Starttls, State::Greeted},  // RFC 3207: EHLO comes again behind it

    {State::Ready, Verb::Helo, State::Ready},
    {State::Ready, Verb::Ehlo, State::Ready},
    {State::Ready, Verb::Mail, State::MailGiven},
    {State::Ready, Verb::Rset, State::Ready},
    {State::Ready, Verb::Noop, State::Ready},
    {State::Ready, Verb::Vrfy, State::Ready},
    {State::Ready, Verb::Help, State::Ready},
    {State::Ready, Verb::Quit, State::Closed},
    {State::Ready, Verb::Starttls, State::Greeted},
    {State::Ready, Verb::Auth, State::Ready},  // RFC 4954 section 4: not within a transaction

    {State::MailGiven, Verb::Helo, State::Ready},  // drops the transaction, like EHLO and RSET
    {State::MailGiven, Verb::Ehlo, State::Ready},
    {State::MailGiven, Verb::Rcpt, State::RcptGiven},
    {State::MailGiven, Verb::Rset, State::Ready},
    {State::MailGiven, Verb::Noop, State::MailGiven},
    {State::MailGiven, Verb::Vrfy, State::MailGiven},
    {State::MailGiven, Verb::Help, State::MailGiven},
    {State::MailGiven, Verb::Quit, State::Closed},

    {State::RcptGiven, Verb::Helo, State::Ready},
    {State::RcptGiven, Verb::Ehlo, State::Ready},
    {State::RcptGiven, Verb::Rcpt, State::RcptGiven},
    {State::RcptGiven, Verb::Data, State::Data},
    {State::RcptGiven, Verb::Rset, State::Ready},
    {State::RcptGiven, Verb::Noop, State::RcptGiven},
    {State::RcptGiven, Verb::Vrfy, State::RcptGiven},
    {State::RcptGiven, Verb::Help, State::RcptGiven},
    {State::RcptGiven, Verb::Quit, State::Closed},

    // Whatever the reply: the end of data consumes the transaction (section 4.1.1.4).
    {State::Data, Verb::EndOfData, State::Ready},

    {State::NoService, Verb::Quit, State::Closed},
};

// Known verbs of extensions that are not spoken here, and of RFC 821 (section 4.2.4: 502). Whether
// a server offers STARTTLS and AUTH is its own affair, and not the table's.
constexpr bool is_offered(Verb verb) {
  switch (verb) {
    case Verb::Expn:
    case Verb::Bdat:
    case Verb::Etrn:
    case Verb::Turn:
    case Verb::Send:
    case Verb::Soml:
    case Verb::Saml: return false;
    default: return true;
  }
}

// Whether commands are taken at all, so that a verb is judged by itself.
constexpr bool takes_commands(State state) {
  return state == State::Greeted || state == State::Ready || state == State::MailGiven ||
         state == State::RcptGiven;
}

constexpr std::string_view sequence_text(State from, Verb verb) {
  switch (from) {
    case State::Connected: return "Wait for the greeting";
    case State::Data: return "All input is content until the line with a lone dot";
    case State::NoService: return "No service here, only QUIT is taken";
    case State::Closed: return "The session has ended";
    default: break;
  }
  switch (verb) {
    case Verb::Mail:
      return from == State::Greeted ? "Send EHLO or HELO first" : "A transaction is open already";
    case Verb::Starttls: return "Not within a transaction";
    case Verb::Auth: return from == State::Greeted ? "Send EHLO first" : "Not within a transaction";
    case Verb::Rcpt: return "Need MAIL first";
    case Verb::Data:
      return from == State::MailGiven ? "Need RCPT first" : "Need MAIL and RCPT first";
    default: return "No content is being sent";  // the lone dot
  }
}

constexpr Transition make_transition(State from, Verb verb) {
  for (const Move& move : kMoves) {
    if (move.from == from && move.verb == verb) {
      return {from, verb, Legality::Allowed, move.next, {}};
    }
  }
  if (takes_commands(from) && verb == Verb::Unknown) {
    return {from, verb, Legality::Unknown, from, "Command not recognized"};
  }
  if (takes_commands(from) && !is_offered(verb)) {
    return {from, verb, Legality::NotOffered, from, "Command not implemented"};
  }
  return {from, verb, Legality::OutOfSequence, from, sequence_text(from, verb)};
}

constexpr auto make_table() {
  std::array<Transition, kStateCount * kVerbCount> table{};
  for (std::size_t state = 0; state < kStateCount; ++state) {
    for (std::size_t verb = 0; verb < kVerbCount; ++verb) {
      table[state * kVerbCount + verb] =
          make_transition(static_cast<State>(state), static_cast<Verb>(verb));
    }
  }
  return table;
}

constexpr auto kTable = make_table();

}  // namespace

std::string_view name(State state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

std::span<const Transition> transitions() {
  return kTable;
}

const Transition& transition(State from, Verb verb) {
  return kTable[static_cast<std::size_t>(from) * kVerbCount + static_cast<std::size_t>(verb)];
}

Reply refusal(const Transition& transition) {
  assert(transition.legality != Legality::Allowed);
  std::string text(transition.refusal);
  switch (transition.legality) {
    case Legality::Unknown: return {500, {5, 2}, std::move(text)};
    case Legality::NotOffered: return {502, {5, 1}, std::move(text)};
    default: return {503, {5, 1}, std::move(text)};
  }
}

std::string transitions_text() {
  std::string text;
  for (const Transition& row : kTable) {
    if (row.legality != Legality::Allowed) continue;
    text += fmt::format("{:<10} {:<5} {}\n", name(row.from), name(row.verb), name(row.next));
  }
  return text;
}

}  // namespace mailwalk::smtp
