// A line of a session taken apart: which octets are the verb, which the address, which the code.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "export/meaning.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::exporting {

enum class PartKind : std::uint8_t {
  Blank,           // blanks, and what only divides: "="
  Verb,            // RCPT
  Keyword,         // TO:
  ReversePath,     // <ani@kampus.example>, after FROM:
  ForwardPath,     // the same after TO:
  ParameterName,   // SIZE
  ParameterValue,  // 563
  HostName,        // of EHLO and HELO
  Address,         // of VRFY
  UserName,        //
  Password,        //
  Digest,          // of APOP
  Mechanism,       // of AUTH
  SaslText,        // what it says, in Base64
  MessageNumber,   //
  LineCount,       // of TOP
  Code,            // 250
  MoreFollows,     // the hyphen behind a code
  EnhancedCode,    // 2.1.5
  Status,          // +OK, -ERR
  ResponseCode,    // [IN-USE]
  Stamp,           // <1896.697170952@mx.example>, in a greeting of POP3
  Text,            // for people
  Unexpected,      // what has no place there
};
inline constexpr std::size_t kPartKinds = static_cast<std::size_t>(PartKind::Unexpected) + 1;

// Two or three words for what it is; its source is empty. Empty for Blank.
Meaning name_of(PartKind kind);

// Views into the line; one after the other they are the line, octet for octet.
struct LinePart {
  PartKind kind = PartKind::Text;
  std::string_view text;
};

// Any line without its CRLF, as a client sent it.
std::vector<LinePart> dissect_command(journal::Protocol protocol, std::string_view line);
// One line of a reply, without its CRLF.
std::vector<LinePart> dissect_reply(journal::Protocol protocol, std::string_view line);

}  // namespace mailwalk::exporting
