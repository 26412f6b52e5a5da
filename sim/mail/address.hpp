// Mail addresses as the envelope writes them (RFC 5321 section 4.1.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailwalk::mail {

struct Mailbox {
  std::string local_part;  // unquoted: "bob"@b.test has the local part bob
  std::string domain;      // as written, "[192.0.2.1]" for a literal; empty only for <Postmaster>

  // local@domain, the local part quoted where it has to be; without domain the local part alone.
  [[nodiscard]] std::string text() const;

  // Local parts are compared exactly, domains without case (RFC 5321 section 2.4).
  friend bool operator==(const Mailbox& a, const Mailbox& b);
};

// Whether the local part is Postmaster, in any case (RFC 5321 section 4.5.1).
bool is_postmaster(const Mailbox& mailbox);

// Whether it can be written without SMTPUTF8 (RFC 6531).
bool is_ascii(const Mailbox& mailbox);

// Whether characters outside ASCII are addresses: only under SMTPUTF8 (RFC 6531).
enum class Utf8 { Refused, Allowed };

// Why a path is none. Limits are RFC 5321 section 4.5.3.1, in octets as written.
enum class PathFault {
  None,
  Syntax,
  TooLong,           // the path with its <> exceeds 256
  LocalPartTooLong,  // 64
  DomainTooLong,     // 255, or 63 for one label (RFC 1035 section 2.3.4)
  NonAscii,          // well formed, but only with Utf8::Allowed
};

struct ParsedPath {
  PathFault fault = PathFault::None;
  std::optional<Mailbox> mailbox;  // nullopt with PathFault::None is the null path <>
  std::string_view rest;           // what follows the ">"; empty if there is a fault

  [[nodiscard]] bool ok() const { return fault == PathFault::None; }
};

// "<…>" or "<>" at the start of text. A source route is checked and dropped (appendix C, F.2).
ParsedPath parse_reverse_path(std::string_view text, Utf8 utf8);

// "<…>" at the start of text; "<Postmaster>" without domain, in any case, is a path too
// (section 4.1.1.3), "<>" is not.
ParsedPath parse_forward_path(std::string_view text, Utf8 utf8);

// "local@domain" and nothing else, within the limits.
std::optional<Mailbox> parse_mailbox(std::string_view text, Utf8 utf8);

// A host name or an address literal, within the limits.
bool valid_domain(std::string_view text, Utf8 utf8);

}  // namespace mailwalk::mail
