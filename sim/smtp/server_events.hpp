// What a server session tells its caller.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.hpp"
#include "mail/address.hpp"
#include "mail/envelope.hpp"
#include "smtp/command.hpp"
#include "smtp/mail_parameters.hpp"
#include "smtp/reply.hpp"
#include "smtp/transitions.hpp"

namespace mailwalk::smtp {

// How the client said hello: for the "with" of a Received field (RFC 3848).
enum class Protocol { Smtp /* HELO */, Esmtp /* EHLO */ };

struct CommandReceived {
  std::string line;     // without CRLF; of a line that is too long, its beginning
  Verb verb;            // AUTH also for the lines of the dialogue behind it
  bool secret = false;  // a password, or something made of it, stands in it
};

struct ReplySent {
  Reply reply;
  std::optional<Verb> to;  // nullopt: the greeting, or a 421 said unasked
};

struct StateChanged {
  State from;
  State to;
};

// The end of data arrived. What becomes of it follows: MessageAsked, or a refusal.
struct DataReceived {
  std::size_t octets;  // of content, before it was stuffed
};

// Asked: awaits answer(). 250 opens the transaction.
struct MailAsked {
  mail::ReversePath reverse_path;
  MailParameters parameters;
};

// Asked: awaits answer(). 250 (or 251) adds the recipient.
struct RcptAsked {
  mail::Mailbox recipient;  // domain empty: <Postmaster>
};

// Asked: awaits answer(). 250, 251, 252, 550, 551 or 553 (RFC 5321 section 3.5.3).
struct VrfyAsked {
  std::string text;  // a user's name, or a mailbox, as it was typed
};

// Asked: awaits answer(). 220 means that TLS begins behind it.
struct TlsAsked {};

// 220 was said to STARTTLS: what comes in from now on is TLS, and for tls_established() to
// announce.
struct TlsBegins {};

// 235 was said to AUTH.
struct LoggedIn {
  std::string user;
};

// Asked: awaits answer(). 250 means that the caller has taken responsibility for the mail
// (RFC 5321 section 4.2.5); 4xx or 5xx that it has not.
struct MessageAsked {
  mail::Envelope envelope;
  Bytes content;     // unstuffed, lines ended by CRLF
  std::string helo;  // what the client called itself
  Protocol protocol;
};

// The reply that follows was laid ready by answer_instead(): the command is not carried out.
struct AnsweredInstead {
  std::optional<Bytes> content;  // of the end of data: what came in
};

// A transaction ended without a mail.
struct TransactionDropped {
  enum class Why { Rset, Hello, Quit, ConnectionLost, TimedOut, Refused };
  Why why;
};

// The last event.
struct ServerEnded {
  enum class Why {
    Quit,
    ConnectionLost,
    TimedOut,
    TooManyErrors,
    TooManyCommands,  // see ServerLimits::idle_commands
    TooMuchInput,     // a flood: see waiting_input_octets, endless_line_octets, excess_bytes
    TalkedTooEarly,   // before the greeting, or content before 354 (RFC 2920 section 3.1)
    ClosedByCaller,   // the caller answered with 421, or greeted with 4xx
  };
  Why why;
};

using ServerEvent = std::variant<CommandReceived, ReplySent, StateChanged, DataReceived, MailAsked,
                                 RcptAsked, VrfyAsked, TlsAsked, TlsBegins, LoggedIn, MessageAsked,
                                 AnsweredInstead, TransactionDropped, ServerEnded>;

// "Rset", "ConnectionLost": names for journals and tests.
std::string_view name(TransactionDropped::Why why);
std::string_view name(ServerEnded::Why why);

}  // namespace mailwalk::smtp
