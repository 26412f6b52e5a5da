// POP3 commands: what they are called, how they are spelt, what they take.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace mailwalk::pop3 {

// The number of a message within one session: 1, 2, 3 … It is neither its UID nor its place in a
// store, and the next session counts anew.
using MessageNumber = StrongId<struct MessageNumberTag, std::uint32_t>;

// Recordings keep these numbers: add at the end only.
enum class Verb : std::uint8_t {
  Unknown,  // whatever a peer or a person typed that is none of the others
  User,
  Pass,
  Apop,
  Stat,
  List,
  Retr,
  Dele,
  Noop,
  Rset,
  Quit,
  Top,
  Uidl,
  Capa,
  Stls,  // RFC 2595
  Auth,  // RFC 5034; also a line of the dialogue that follows it
};
inline constexpr std::size_t kVerbCount = 16;

// "RETR"; "?" for Unknown.
std::string_view name(Verb verb);
// A keyword in any case, compared whole; Unknown if it is none.
Verb parse_verb(std::string_view keyword);
// Whether its argument must not be shown without asking: a password, or a digest made from one.
bool is_secret(Verb verb);

// What stands behind a keyword (RFC 1939 sections 3, 5, 7; RFC 2449 section 5).
enum class Arguments : std::uint8_t {
  None,
  Name,            // USER name
  Text,            // PASS string: the rest of the line, blanks included
  NameAndDigest,   // APOP name digest
  Number,          // RETR msg, DELE msg
  OptionalNumber,  // LIST [msg], UIDL [msg]
  NumberAndLines,  // TOP msg n
  Mechanism,       // AUTH mechanism [initial-response]
};
Arguments arguments_of(Verb verb);
// Whether a +OK to it is followed by lines: LIST and UIDL do so only without an argument.
// `arguments` is what stands behind the keyword.
bool brings_lines(Verb verb, std::string_view arguments);

// A command as a value. Fields that its verb has no use for are empty.
struct Command {
  Verb verb = Verb::Unknown;
  std::string name;                     // USER, APOP: the mailbox
  std::string secret;                   // PASS: the password; APOP: 32 hexadecimal digits; AUTH:
                                        // all that stands behind it
  std::optional<MessageNumber> number;  // RETR, DELE, TOP; LIST and UIDL if about one message
  std::uint32_t body_lines = 0;         // TOP

  static Command user(std::string name);
  static Command pass(std::string password);
  static Command apop(std::string name, std::string digest);
  static Command stat();
  static Command list(std::optional<MessageNumber> number = std::nullopt);
  static Command retr(MessageNumber number);
  static Command dele(MessageNumber number);
  static Command noop();
  static Command rset();
  static Command quit();
  static Command top(MessageNumber number, std::uint32_t body_lines);
  static Command uidl(std::optional<MessageNumber> number = std::nullopt);
  static Command capa();
  static Command stls();
  static Command auth(std::string mechanism_and_response);

  // "TOP 1 10", without CRLF. REQUIRES verb is not Unknown, and no CR, LF or NUL in its texts.
  [[nodiscard]] std::string line() const;

  friend bool operator==(const Command&, const Command&) = default;
};

enum class CommandFault : std::uint8_t {
  None,
  UnknownVerb,
  MissingArgument,
  SurplusArgument,
  BadNumber,  // not 1 to 10 digits, or more than 4294967295
};

struct ParsedCommand {
  CommandFault fault = CommandFault::None;
  Command command;  // with a fault: only the verb
};

// A line without its CRLF, as a server reads it. Blanks after the keyword and between arguments may
// be more than one, and may trail: RFC 1939 asks for a single one, but every server in use reads
// on.
ParsedCommand parse_command(std::string_view line);

// The line with its secret, if its verb has one, replaced: "PASS ********", "APOP ani ********",
// "AUTH PLAIN ********".
std::string mask_secret(std::string_view line);

}  // namespace mailwalk::pop3
