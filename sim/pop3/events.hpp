// What POP3 sessions tell their callers. Events are values; they come in the order of what
// happened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "pop3/capability.hpp"
#include "pop3/command.hpp"
#include "pop3/listing.hpp"
#include "pop3/reply.hpp"
#include "pop3/transitions.hpp"

namespace mailwalk::pop3 {

// ---- Both sides ------------------------------------------------------------------------------

struct StateChanged {
  State from;
  State to;
};

enum class EndReason : std::uint8_t {
  Quit,            // in order; for a client: QUIT was answered
  ConnectionLost,  // the other side went away
  TimedOut,
  Refused,        // the greeting was -ERR
  ProtocolError,  // client: the server said what is no reply
  TooManyErrors,  // server: too many bad commands before login
  Flooded,        // server: too many commands, or a line without end
};

// The last event of a session.
struct Ended {
  EndReason why;
};

// ---- The server ------------------------------------------------------------------------------

struct CommandReceived {
  std::string line;  // without CRLF; of a line that is too long, the beginning
  Verb verb = Verb::Unknown;
  bool secret = false;  // a password or digest stands in it
};

struct ReplySent {
  Reply reply;
  std::optional<Verb> to;  // none: the greeting, or a reply that no command asked for
  std::size_t octets = 0;  // on the wire
};

enum class LoginMethod : std::uint8_t { Pass, Apop, Auth };

// STLS was taken: once the output is sent, what comes in is TLS, until tls_established() tells of
// it.
struct TlsBegins {};

// Somebody wants to log in. Answer with open() or refuse_login(). With Auth, they have proved
// already who they are.
struct LoginAsked {
  std::string user;
  LoginMethod method = LoginMethod::Pass;
  std::string secret;  // the password, or APOP's digest
  std::string stamp;   // APOP: what the digest was made with

  [[nodiscard]] bool matches(std::string_view known_password) const;
};

// The client learned what is there, by STAT, LIST or UIDL without argument.
struct Listed {
  Verb by = Verb::Stat;
  DropListing listing;
};

enum class Extent : std::uint8_t { Whole, Part };

// A copy of a message goes to the client. TOP with enough lines brings the whole of it too.
struct Retrieved {
  MessageNumber number;
  std::string uid;
  std::optional<std::uint32_t> top_lines;  // none: RETR
  Extent extent = Extent::Whole;
};

// DELE: marked, still there.
struct Marked {
  MessageNumber number;
  std::string uid;
};

enum class UnmarkReason : std::uint8_t { Rset, SessionLost };

// The marks are gone, and nothing was deleted. Not sent if nothing was marked.
struct Unmarked {
  std::vector<std::string> uids;
  UnmarkReason why = UnmarkReason::Rset;
};

// QUIT after login: the session is in UPDATE. Remove these (there may be none) and answer with
// update_done(). The lock may go when the session has ended.
struct UpdateAsked {
  std::vector<std::string> uids;
};

// The reply that follows was laid ready by answer_instead(): the command is not carried out.
struct AnsweredInstead {};

using ServerEvent =
    std::variant<CommandReceived, ReplySent, StateChanged, TlsBegins, LoginAsked, Listed, Retrieved,
                 Marked, Unmarked, UpdateAsked, AnsweredInstead, Ended>;

// ---- The client ------------------------------------------------------------------------------

struct Greeting {
  Reply reply;
  std::optional<std::string> stamp;  // "<…>", if the server offers APOP
};

struct CommandSent {
  std::string line;  // without CRLF
  Verb verb = Verb::Unknown;
  bool secret = false;
};

// What a +OK says, as a value, by the command that it answers: STAT; LIST n; UIDL n; LIST; UIDL;
// CAPA; RETR and TOP (the octets, unstuffed). monostate: nothing but the status.
using ReplyValue =
    std::variant<std::monostate, DropListing, ScanListing, UniqueIdListing,
                 std::vector<ScanListing>, std::vector<UniqueIdListing>, Capabilities, Bytes>;

// STLS was answered by +OK: what goes out from now on is TLS, until tls_established().
struct ClientTlsBegins {};

struct ReplyReceived {
  std::optional<Verb> to;  // none: no command asked for it, as "-ERR idle for too long"
  std::optional<MessageNumber> number;  // the command's, if it had one
  Reply reply;
  ReplyValue value;
};

using ClientEvent =
    std::variant<Greeting, CommandSent, ReplyReceived, StateChanged, ClientTlsBegins, Ended>;

}  // namespace mailwalk::pop3
