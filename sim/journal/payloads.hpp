// Everything that can happen, as types. The journal is a list of these and nothing else.
//
// An event stands for something that happened at one machine (Event::node), often on one connection
// (Event::connection). Each payload names its fields once, in `fields`: the fingerprint, the
// recording on disk and the JSON export all read that one list.
#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/ip_address.hpp"
#include "base/virtual_time.hpp"
#include "journal/inputs.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::journal {

// ---- The stage is set ------------------------------------------------------------------------

// The first event of every journal: with scenario and seed, the run can be made again.
struct RunStarted {
  Bytes scenario_file;  // the name of the file it was read from, without its folder
  Bytes scenario;       // the TOML text
  Bytes title_english;
  Bytes title_indonesian;
  std::uint64_t seed = 0;
  Calendar calendar;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("scenario_file", self.scenario_file);
    v("scenario", self.scenario);
    v("title_english", self.title_english);
    v("title_indonesian", self.title_indonesian);
    v("seed", self.seed);
    v("start_unix_seconds", self.calendar.start_unix_seconds);
    v("utc_offset_minutes", self.calendar.utc_offset_minutes);
  }
};

struct MachineAdded {
  Bytes name;  // in the scenario, and of a host in the DNS too: "laptop-ani", "mx.kantor.example"
  Bytes label_english;  // "Ani's laptop"
  Bytes label_indonesian;
  Roles roles = 0;
  IpAddress address;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("name", self.name);
    v("label_english", self.label_english);
    v("label_indonesian", self.label_indonesian);
    v("roles", self.roles);
    v("address", self.address);
  }
};

struct LinkAdded {
  NodeId a, b;
  Duration latency;                    // one way
  std::uint64_t bytes_per_second = 0;  // 0 = without limit
  std::uint32_t segment_bytes = 0;     // largest piece that travels at once
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("a", self.a);
    v("b", self.b);
    v("latency", self.latency);
    v("bytes_per_second", self.bytes_per_second);
    v("segment_bytes", self.segment_bytes);
  }
};

// At a mailbox server: somebody's maildrop, still empty.
struct MaildropAdded {
  Bytes owner;                    // "budi"
  Bytes address;                  // "budi@kantor.example"
  std::uint64_t quota_bytes = 0;  // 0 = without limit
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("owner", self.owner);
    v("address", self.address);
    v("quota_bytes", self.quota_bytes);
  }
};

// At a device: a POP3 account was set up by hand. Again for the same account: it was changed.
struct AccountSet {
  Bytes account;  // "budi@mx.kantor.example": user and server, as known on this device
  Bytes user;
  Bytes server;  // host name
  FetchMode mode = FetchMode::Keep;
  std::uint32_t keep_days = 0;       // for FetchMode::KeepDays
  Duration poll_interval;            // 0 = asks by hand only
  std::uint64_t capacity_bytes = 0;  // of the device's storage; 0 = without limit
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("account", self.account);
    v("user", self.user);
    v("server", self.server);
    v("mode", self.mode);
    v("keep_days", self.keep_days);
    v("poll_interval", self.poll_interval);
    v("capacity_bytes", self.capacity_bytes);
  }
};

// A person, or the scenario for them, did something at a machine.
struct PersonActed {
  Act act = Act::Compose;
  Bytes detail;  // what exactly, for people: the subject, the account, the letter
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("act", self.act);
    v("detail", self.detail);
  }
};

// ---- The network -----------------------------------------------------------------------------

// At the machine that calls. Event::connection is new with this event.
struct ConnectionOpening {
  NodeId to;  // kNoNode if no machine has that address
  IpAddress address;
  Port port;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("to", self.to);
    v("address", self.address);
    v("port", self.port);
  }
};

// At the machine that was called: it accepted.
struct ConnectionAccepted {
  template <class Self, class V>
  static void fields(Self&, V&&) {}
};

// At the machine that calls: the connection stands.
struct ConnectionOpened {
  template <class Self, class V>
  static void fields(Self&, V&&) {}
};

// At the machine that calls: there is no connection.
struct ConnectionFailed {
  ConnectFailure why = ConnectFailure::Refused;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("why", self.why);
  }
};

// At the machine that closes its side in order (FIN); what was sent before still arrives.
struct ConnectionClosing {
  template <class Self, class V>
  static void fields(Self&, V&&) {}
};

// At a machine that learns that the other side closed in order.
struct ConnectionClosed {
  template <class Self, class V>
  static void fields(Self&, V&&) {}
};

// At a machine whose connection broke: cut by a fault or by the other side (RST).
struct ConnectionReset {
  template <class Self, class V>
  static void fields(Self&, V&&) {}
};

struct BytesSent {
  Bytes bytes;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("bytes", self.bytes);
  }
};

// Some of what one BytesSent sent has arrived. The bytes are there, and not repeated here.
struct BytesDelivered {
  EventPosition sent;
  std::uint32_t offset = 0;  // in octets, into BytesSent::bytes
  std::uint32_t size = 0;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("sent", self.sent);
    v("offset", self.offset);
    v("size", self.size);
  }
};

// At the sender: what was under way when the line broke, and will never arrive.
struct BytesLost {
  EventPosition sent;
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("sent", self.sent);
    v("offset", self.offset);
    v("size", self.size);
  }
};

struct DatagramSent {
  NodeId to;  // kNoNode if no machine has that address: it is lost
  IpAddress address;
  Port from_port, to_port;
  Bytes bytes;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("to", self.to);
    v("address", self.address);
    v("from_port", self.from_port);
    v("to_port", self.to_port);
    v("bytes", self.bytes);
  }
};

struct DatagramDelivered {
  EventPosition sent;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("sent", self.sent);
  }
};

// At the sender.
struct DatagramLost {
  EventPosition sent;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("sent", self.sent);
  }
};

// Somebody put a fault into the network or a server. At a machine: between it and another one, or
// towards all; or into its answers. On a connection: its line is cut, now.
struct FaultInjected {
  Fault fault = Fault::Refuse;
  NodeId other{};                      // kNoNode: every machine
  std::optional<Port> port{};          // only connections to this port
  std::uint64_t after_bytes = 0;       // Reset, Stall: once a connection carried so many octets
  std::uint64_t bytes_per_second = 0;  // Slow
  Duration lasts{};                    // 0 = until it is cleared
  std::optional<Verb> verb{};          // Answer: to what. Reset: the line is cut when it was read
  std::uint32_t nth = 1;               // which such command, from 1
  std::uint32_t times = 1;             // Answer: to so many in a row; 0 = to all from then on
  Bytes reply{};                       // Answer: "451 4.7.1 Come back later", or "-ERR …"
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("fault", self.fault);
    v("other", self.other);
    v("port", self.port);
    v("after_bytes", self.after_bytes);
    v("bytes_per_second", self.bytes_per_second);
    v("lasts", self.lasts);
    v("verb", self.verb);
    v("nth", self.nth);
    v("times", self.times);
    v("reply", self.reply);
  }
};

// ---- The sessions ----------------------------------------------------------------------------

// At the client. `line` is without CRLF.
struct CommandSent {
  Verb verb;
  Secrecy secrecy = Secrecy::Open;
  Bytes line;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("verb", self.verb);
    v("secrecy", self.secrecy);
    v("line", self.line);
  }
};

// At the server, when the line was read whole.
struct CommandReceived {
  Verb verb;
  Secrecy secrecy = Secrecy::Open;
  Bytes line;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("verb", self.verb);
    v("secrecy", self.secrecy);
    v("line", self.line);
  }
};

// Of a reply's code: whether it refuses, for now or for good.
constexpr bool is_refusal(std::uint16_t code) {
  return code >= 400;
}

// At the server. `code` is SMTP's three digits; for POP3 it is 200 for +OK, 300 for "+ " and 500
// for -ERR, so that the class can be asked alike. `text` is the reply as on the wire, its lines
// divided by CRLF, without the last one. `content` is what follows +OK in a multi-line reply,
// before stuffing.
struct ReplySent {
  std::optional<Verb> to;  // none: the greeting, or a reply that no command asked for
  std::uint16_t code = 0;
  Bytes text;
  Bytes content;
  Protocol protocol = Protocol::Smtp;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("protocol", self.protocol);
    v("to", self.to);
    v("code", self.code);
    v("text", self.text);
    v("content", self.content);
  }
};

// At the client, when the reply was read whole. Fields as in ReplySent.
struct ReplyReceived {
  std::optional<Verb> to;
  std::uint16_t code = 0;
  Bytes text;
  Bytes content;
  Protocol protocol = Protocol::Smtp;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("protocol", self.protocol);
    v("to", self.to);
    v("code", self.code);
    v("text", self.text);
    v("content", self.content);
  }
};

// At the client: a mail's content went out after 354, with its stuffing and the final dot.
struct ContentSent {
  Bytes content;  // before stuffing
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("content", self.content);
  }
};

// At the server: the final dot has come.
struct ContentReceived {
  Bytes content;  // after unstuffing
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("content", self.content);
  }
};

enum class Side : std::uint8_t { Client, Server };

struct SessionStateChanged {
  Side side = Side::Server;
  SessionState from, to;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("side", self.side);
    v("from", self.from);
    v("to", self.to);
  }
};

// ---- TLS -------------------------------------------------------------------------------------

// At an end, once it has said all that is said in the open: from here on what it sends and takes
// are the records of TLS.
struct TlsBegun {
  Side side = Side::Server;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("side", self.side);
  }
};

// At an end: the handshake is over. What follows is encrypted; sessions begin anew.
struct TlsEstablished {
  Side side = Side::Server;
  Bytes version;      // "TLSv1.3"
  Bytes cipher;       // "TLS_AES_128_GCM_SHA256"
  Bytes server_name;  // that the client asked for; may be empty
  Bytes certificate;  // at the client: whose it is, and who vouches
  Trust trust = Trust::NotAsked;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("side", self.side);
    v("version", self.version);
    v("cipher", self.cipher);
    v("server_name", self.server_name);
    v("certificate", self.certificate);
    v("trust", self.trust);
  }
};

// At an end: no TLS came of it, or it does not go on.
struct TlsBroken {
  Side side = Side::Server;
  TlsTrouble why = TlsTrouble::HandshakeFailed;
  Bytes detail;  // in English, as the TLS library says it; may be empty
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("side", self.side);
    v("why", self.why);
    v("detail", self.detail);
  }
};

// ---- Names -----------------------------------------------------------------------------------

// At the machine that asked, when it knows the answer or gave up.
struct NameLookedUp {
  Bytes question;  // "MX kantor.example"
  Bytes answer;    // if found: "10 mx.kantor.example (192.0.2.30)"; else what is known, in English
  LookupOutcome outcome = LookupOutcome::TemporaryFailure;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("question", self.question);
    v("answer", self.answer);
    v("outcome", self.outcome);
  }
};

// ---- A mail on its way -----------------------------------------------------------------------

// At a device: a mail was written and lies in the outbox.
struct MailComposed {
  OutboxId outbox;
  Bytes sender;  // the envelope's reverse-path, without <>
  AddressList recipients;
  Bytes content;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("outbox", self.outbox);
    v("sender", self.sender);
    v("recipients", self.recipients);
    v("content", self.content);
  }
};

// At a device, on the connection: the mail from the outbox is being handed to the MTA.
struct SubmissionBegun {
  OutboxId outbox;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("outbox", self.outbox);
  }
};

// At a device: the MTA could not be reached or said "later"; the mail stays in the outbox.
struct SubmissionDeferred {
  OutboxId outbox;
  VirtualTime next_try;
  Trouble trouble = Trouble::ServerSaid;
  Bytes reason;  // the server's words, or the DNS's detail; may be empty
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("outbox", self.outbox);
    v("next_try", self.next_try);
    v("trouble", self.trouble);
    v("reason", self.reason);
  }
};

// At a device: the MTA has taken it for these recipients; a copy is kept in Sent, on this device
// only.
struct MailSubmitted {
  OutboxId outbox;
  AddressList recipients;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("outbox", self.outbox);
    v("recipients", self.recipients);
  }
};

// At a device: refused for good for these recipients. If no recipient was taken, it stays in the
// outbox.
struct MailRefused {
  OutboxId outbox;
  AddressList recipients;
  Bytes reason;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("outbox", self.outbox);
    v("recipients", self.recipients);
    v("reason", self.reason);
  }
};

// At an MTA: it has taken responsibility (250 after the final dot), or made a bounce itself.
struct MailQueued {
  QueueNumber queue;
  Bytes queue_id;  // as in Received fields and replies
  Bytes sender;    // empty: the null reverse-path
  AddressList recipients;
  Bytes content;  // with this hop's Received field
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("queue", self.queue);
    v("queue_id", self.queue_id);
    v("sender", self.sender);
    v("recipients", self.recipients);
    v("content", self.content);
  }
};

// At an MTA, on the connection: a queued mail is being offered to the next host.
struct RelayBegun {
  QueueNumber queue;
  AddressList recipients;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("queue", self.queue);
    v("recipients", self.recipients);
  }
};

// At an MTA: what became of it for one recipient.
struct RecipientSettled {
  QueueNumber queue;
  Bytes recipient;
  Outcome outcome = Outcome::Relayed;
  Trouble trouble = Trouble::None;
  Bytes reason;  // the server's reply, or what else is known
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("queue", self.queue);
    v("recipient", self.recipient);
    v("outcome", self.outcome);
    v("trouble", self.trouble);
    v("reason", self.reason);
  }
};

// At an MTA: some recipients wait for another try.
struct RetryScheduled {
  QueueNumber queue;
  VirtualTime next_try;
  std::uint32_t attempts = 0;  // made so far
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("queue", self.queue);
    v("next_try", self.next_try);
    v("attempts", self.attempts);
  }
};

// At an MTA: a delivery status notification was made for `queue`; it is queued as `notice`
// (0: none, because the mail was itself a notification).
struct MailBounced {
  QueueNumber queue;
  QueueNumber notice;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("queue", self.queue);
    v("notice", self.notice);
  }
};

// At an MTA: every recipient is settled; the queue no longer holds it.
struct MailDequeued {
  QueueNumber queue;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("queue", self.queue);
  }
};

// ---- The maildrop ----------------------------------------------------------------------------

// At a mailbox server: the letter lies in the maildrop.
struct LetterDelivered {
  Bytes owner;
  Bytes uid;
  Bytes content;        // with Return-Path and Received
  QueueNumber queue{};  // of the MTA on the same machine that handed it over; 0: it came over the
                        // connection
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("owner", self.owner);
    v("uid", self.uid);
    v("content", self.content);
    v("queue", self.queue);
  }
};

// At a mailbox server: no room.
struct QuotaExceeded {
  Bytes owner;
  std::uint64_t size_bytes = 0;
  std::uint64_t used_bytes = 0;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("owner", self.owner);
    v("size_bytes", self.size_bytes);
    v("used_bytes", self.used_bytes);
  }
};

// Event::connection holds the maildrop's exclusive lock from here …
struct MaildropLocked {
  Bytes owner;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("owner", self.owner);
  }
};

// … to here.
struct MaildropUnlocked {
  Bytes owner;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("owner", self.owner);
  }
};

// At the MAA server: a copy goes out (RETR, or TOP with so many lines).
struct LetterRetrieved {
  Bytes owner;
  Bytes uid;
  std::uint32_t number = 0;  // message number in this session
  std::optional<std::uint32_t> top_lines;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("owner", self.owner);
    v("uid", self.uid);
    v("number", self.number);
    v("top_lines", self.top_lines);
  }
};

// DELE: marked, still there.
struct LetterMarked {
  Bytes owner;
  Bytes uid;
  std::uint32_t number = 0;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("owner", self.owner);
    v("uid", self.uid);
    v("number", self.number);
  }
};

// The mark is gone: RSET, or the session ended without QUIT.
struct LetterUnmarked {
  Bytes owner;
  Bytes uid;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("owner", self.owner);
    v("uid", self.uid);
  }
};

// QUIT, UPDATE state: the letter is gone from the server.
struct LetterExpunged {
  Bytes owner;
  Bytes uid;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("owner", self.owner);
    v("uid", self.uid);
  }
};

// ---- The receiver's device -------------------------------------------------------------------

// The device asks its server for mail.
struct PollStarted {
  Bytes account;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("account", self.account);
  }
};

struct PollFinished {
  Bytes account;
  std::uint32_t new_letters = 0;
  Trouble trouble = Trouble::None;  // None: the session came to its end in order
  Bytes reason;                     // the server's words, or the DNS's detail; may be empty
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("account", self.account);
    v("new_letters", self.new_letters);
    v("trouble", self.trouble);
    v("reason", self.reason);
  }
};

// The device has the letter, and from now on knows its UID.
struct LetterStored {
  DeviceLetterId letter;
  Bytes account;
  Bytes uid;
  Bytes content;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("letter", self.letter);
    v("account", self.account);
    v("uid", self.uid);
    v("content", self.content);
  }
};

// No room on the device: the letter stays on the server.
struct DeviceFull {
  Bytes account;
  Bytes uid;
  std::uint64_t size_bytes = 0;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("account", self.account);
    v("uid", self.uid);
    v("size_bytes", self.size_bytes);
  }
};

// Somebody opened it on this device. No other device learns of it.
struct LetterRead {
  DeviceLetterId letter;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("letter", self.letter);
  }
};

struct LetterRemoved {
  DeviceLetterId letter;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("letter", self.letter);
  }
};

// ----------------------------------------------------------------------------------------------

// Every kind. The order is part of the recording's format: add at the end only.
using PayloadVariant = std::variant<
    RunStarted, MachineAdded, LinkAdded, MaildropAdded, AccountSet, PersonActed, ConnectionOpening,
    ConnectionAccepted, ConnectionOpened, ConnectionFailed, ConnectionClosing, ConnectionClosed,
    ConnectionReset, BytesSent, BytesDelivered, BytesLost, DatagramSent, DatagramDelivered,
    DatagramLost, FaultInjected, CommandSent, CommandReceived, ReplySent, ReplyReceived,
    ContentSent, ContentReceived, SessionStateChanged, NameLookedUp, MailComposed, SubmissionBegun,
    SubmissionDeferred, MailSubmitted, MailRefused, MailQueued, RelayBegun, RecipientSettled,
    RetryScheduled, MailBounced, MailDequeued, LetterDelivered, QuotaExceeded, MaildropLocked,
    MaildropUnlocked, LetterRetrieved, LetterMarked, LetterUnmarked, LetterExpunged, PollStarted,
    PollFinished, LetterStored, DeviceFull, LetterRead, LetterRemoved, MailFileGiven,
    ModeOverridden, MailOverridden, LineCut, NetworkDisturbed, AnswerReplaced, CommandTyped,
    ModeChosen, SeedChanged, MailWritten, NextMailReplaced, PollWanted, LetterOpened,
    LetterThrownAway, RunServed, RunTakenUp, TlsBegun, TlsEstablished, TlsBroken,
    TlsOverridden>;

// One of them. To copy, move and destroy it takes thousands of small functions; they are compiled
// once, in payloads.cpp, and not again with every file that holds an event.
class Payload : public PayloadVariant {
 public:
  template <class T, class = decltype(std::get<T>(std::declval<PayloadVariant&>()))>
  Payload(T payload)  // NOLINT: each kind is a payload
      : PayloadVariant(std::in_place_type<T>, std::move(payload)) {}

  Payload();
  Payload(const Payload&);
  Payload(Payload&&) noexcept;
  Payload& operator=(const Payload&);
  Payload& operator=(Payload&&) noexcept;
  ~Payload();
};

// "CommandSent", for messages, JSON and the recording's readable column.
const char* payload_name(const Payload& payload);

}  // namespace mailwalk::journal
