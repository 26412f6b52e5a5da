// The small words that events are made of: enums and values that several payloads share.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "pop3/command.hpp"
#include "pop3/transitions.hpp"
#include "smtp/command.hpp"
#include "smtp/transitions.hpp"
#include "store/device_store.hpp"
#include "store/mta_queue.hpp"

namespace mailwalk::journal {

// What a machine does; a machine may do several things at once. A set of these is a bit mask.
enum class Role : std::uint8_t {
  Device = 1,         // a person's laptop or phone: user agent and POP3 client
  Mta = 2,            // accepts mail by SMTP and pushes it on
  MailboxServer = 4,  // the last server: keeps letters in maildrops
  MaaServer = 8,      // serves maildrops by POP3
  NameServer = 16,    // answers DNS queries
};
using Roles = std::uint8_t;
constexpr Roles roles(Role a) {
  return static_cast<Roles>(a);
}
constexpr Roles operator|(Role a, Role b) {
  return static_cast<Roles>(roles(a) | roles(b));
}
constexpr Roles operator|(Roles a, Role b) {
  return static_cast<Roles>(a | roles(b));
}
constexpr bool has_role(Roles set, Role role) {
  return (set & roles(role)) != 0;
}

enum class Protocol : std::uint8_t { Smtp, Pop3 };

// A command's verb or a session's state, of whichever protocol.
using Verb = std::variant<smtp::Verb, pop3::Verb>;
using SessionState = std::variant<smtp::State, pop3::State>;

inline Protocol protocol_of(const Verb& verb) {
  return verb.index() == 0 ? Protocol::Smtp : Protocol::Pop3;
}
inline Protocol protocol_of(const SessionState& state) {
  return state.index() == 0 ? Protocol::Smtp : Protocol::Pop3;
}

enum class Secrecy : std::uint8_t { Open, Secret };  // Secret: exports mask it unless asked not to

// What stands between an end's octets and whoever reads along.
enum class Cover : std::uint8_t { Open, Handshake, Encrypted };

// Whether the end that was shown a certificate takes it for the other side's.
enum class Trust : std::uint8_t {
  NotAsked,   // none was shown: clients here have none
  Trusted,    // somebody whom this end trusts vouches for that name, now
  Untrusted,  // nobody does; it goes on all the same, for any TLS keeps out who only listens
};

enum class TlsTrouble : std::uint8_t {
  HandshakeFailed,     // they do not agree, or what came is no TLS
  CertificateRefused,  // by the client
  BadRecord,           // what came was changed on its way, or never encrypted by the other side
  Truncated,           // the line ended without close_notify: something may be missing
};

enum class ConnectFailure : std::uint8_t {
  Refused,      // nobody listens there
  Unreachable,  // no way leads there
  TimedOut,     // no answer
};

enum class FetchMode : std::uint8_t {
  Delete,    // DELE after RETR: the letter leaves the server at QUIT
  Keep,      // the letter stays on the server
  KeepDays,  // the letter stays for some days after it was first seen, then DELE
};

// What became of a mail for one recipient at one hop.
enum class Outcome : std::uint8_t {
  Relayed,   // the next MTA took it
  Deferred,  // not now; it will be tried again
  Failed,    // refused for good
  Expired,   // tried for too long
};

// What kept something from happening, in our own words. What a server said stands beside it.
enum class Trouble : std::uint8_t {
  None,
  ServerSaid,         // the server refused, or put it off
  ConnectionRefused,  // as ConnectFailure, for these three
  HostUnreachable,
  ConnectionTimedOut,
  NoSuchName,  // as LookupOutcome, for these five
  NullMx,
  NoAddress,
  NameServerFailed,
  LoopsBack,
  LineLost,         // the connection broke, or stayed silent for too long
  NoReply,          // the server stayed silent for too long
  NotUnderstood,    // the server said what is no reply
  CannotBeCarried,  // the server does not offer what this mail needs
  NoApop,           // the server does not offer APOP, and the account allows nothing else
  NoTls,            // the server does not offer TLS, and nothing is said in clear text
  TlsFailed,        // the handshake failed, or the certificate is not to be trusted
  NoMechanism,      // the server does not offer the way of logging in that was chosen
  ServerUnproven,   // the server let us in, and did not prove that it knows the password
};

// How a question to the DNS ended.
enum class LookupOutcome : std::uint8_t {
  Found,
  NullMx,  // the domain takes no mail (RFC 7505)
  NoSuchName,
  NoAddress,
  TemporaryFailure,
  LoopsBack,  // the best mail exchanger is the asker itself
};

// Why a person or the scenario did something. Shown as the cause of what follows.
enum class Act : std::uint8_t { Compose, Send, Poll, Read, Remove, SetMode, SetPollInterval };

// Who of a scenario takes part where it is served on real TCP.
enum class Cast : std::uint8_t {
  Everybody,
  Servers,  // nothing that its people and faults do, and no device that asks by itself
};

enum class Fault : std::uint8_t { Refuse, Unreachable, Reset, Stall, Slow, Answer, Clear };

// Numbers local to a machine. A letter is followed across machines by the connection it travelled
// on, as on a real network, where no number is shared.
using OutboxId = StrongId<struct OutboxIdTag, std::uint32_t>;  // per device, from 1
using QueueNumber = store::QueueId;                            // per MTA, from 1
using DeviceLetterId = store::DeviceLetterIndex;               // per device, from 1

using AddressList = std::vector<Bytes>;

}  // namespace mailwalk::journal
