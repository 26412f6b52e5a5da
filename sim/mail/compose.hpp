// Writing a mail as a user agent does (RFC 5322, RFC 2045).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/virtual_time.hpp"
#include "mail/address.hpp"

namespace mailwalk::mail {

// A mailbox with the name of a person before it: Ani <ani@a.test>.
struct Correspondent {
  std::string name;  // UTF-8; may be empty
  Mailbox mailbox;
};

struct Draft {
  Correspondent from;
  std::vector<Correspondent> to;  // none: the field is left out
  std::string subject;            // UTF-8
  std::string body;               // UTF-8, lines ended by LF or CRLF
  Calendar calendar;
  VirtualTime date;
  std::string message_id;  // "id@host", without <>
};

// The mail: From, To, Subject, Date, Message-ID, MIME-Version, Content-Type,
// Content-Transfer-Encoding and the body in CRLF lines. The body travels as it is, 7bit or 8bit,
// unless it has a line over 998 octets, a NUL or a bare CR: then as quoted-printable.
Bytes compose(const Draft& draft);

// "Ani <ani@a.test>", the name quoted or in encoded words where it has to be.
std::string correspondent_text(const Correspondent& correspondent);

}  // namespace mailwalk::mail
