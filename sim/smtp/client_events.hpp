// What a client session tells its caller.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mail/address.hpp"
#include "smtp/command.hpp"
#include "smtp/reply.hpp"
#include "smtp/server_events.hpp"
#include "smtp/transitions.hpp"

namespace mailwalk::smtp {

struct CommandSent {
  std::string line;  // without CRLF
  Verb verb;
  enum class By { Session, Person } by = By::Session;
  bool secret = false;  // a password, or something made of it, stands in it
};

// The content and the lone dot went into the output.
struct ContentSent {
  std::size_t octets;  // of content, before it was stuffed; 0 if only the dot was sent
};

// The server said 220 to STARTTLS: what goes out from now on is TLS, until tls_established().
struct ClientTlsBegins {};

struct ReplyReceived {
  Reply reply;
  std::optional<Verb> to;  // nullopt: the greeting, or a reply nobody asked for
};

// What became of a mail for one recipient.
enum class Outcome {
  Delivered,  // the server has taken responsibility
  Deferred,   // try again later
  Failed,     // for good: return it to the sender
};

// Whether another host of the same domain may be asked before the outcome stands (RFC 5321
// section 5.1).
enum class NextHost { Ask, DoNotAsk };

// Whose words a reply is.
enum class SaidBy {
  Server,  // quote it as "smtp; …" in a delivery status notification
  Client,  // made here: the line was lost, or the server does not offer what the mail needs
};

struct RecipientOutcome {
  mail::Mailbox recipient;
  Outcome outcome;
  NextHost next_host;
  Reply reply;  // the reply that decided it
  SaidBy said_by;
  // What that reply answered, or what was waited for when the line was lost; nullopt: the greeting,
  // or the session ended before the turn of this mail.
  std::optional<Verb> at;

  // For people: a server's reply as it was; or our own words, without the code of a reply that
  // nobody sent.
  [[nodiscard]] std::string reason() const {
    return said_by == SaidBy::Server ? reply.text() : reply.status_text();
  }
};

// One for each send_mail(), in its order; also when the session ends before the mail was sent.
struct MailFinished {
  std::vector<RecipientOutcome> outcomes;  // in the order of the envelope
};

// The last event.
struct ClientEnded {
  enum class Why {
    Quit,
    ConnectionLost,
    TimedOut,
    Refused,        // by the greeting, or by the reply to EHLO and HELO
    ServiceClosed,  // 421 later on
    ProtocolError,  // the server said something that is no reply, or a reply nobody asked for
  };
  Why why;
  std::optional<Reply> reply;  // of the server, that refused or closed
  std::string detail;          // for people: "Connection lost while waiting for the reply to RCPT"
};

using ClientEvent = std::variant<CommandSent, ContentSent, ReplyReceived, StateChanged,
                                 ClientTlsBegins, MailFinished, ClientEnded>;

// "Deferred", "ServiceClosed": names for journals and tests.
std::string_view name(Outcome outcome);
std::string_view name(ClientEnded::Why why);

}  // namespace mailwalk::smtp
