// The fields that a mail collects on its way: Received and Return-Path (RFC 5321 section 4.4).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/ip_address.hpp"
#include "base/virtual_time.hpp"
#include "mail/envelope.hpp"
#include "mail/message.hpp"

namespace mailwalk::mail {

// How a mail came (RFC 3848, RFC 6531 section 4.3): the word after "with". S is TLS, A is AUTH.
enum class TransferProtocol {
  Smtp,
  Esmtp,
  Esmtps,
  Esmtpa,
  Esmtpsa,
  Utf8Smtp,
  Utf8Smtps,
  Utf8Smtpa,
  Utf8Smtpsa,
};

// "ESMTP"
std::string_view name(TransferProtocol protocol);

// What the receiving machine knows about one hop.
struct Hop {
  std::string from_helo;   // as the peer gave it; not believed, see received_field()
  IpAddress from_address;  // where it really came from
  std::string by;          // own host name
  TransferProtocol with = TransferProtocol::Esmtp;
  std::string id;  // the queue id: an atom
  // For the clause "for": set only where there is just one, or a blind copy would show.
  std::optional<Mailbox> only_recipient;
  Calendar calendar;
  VirtualTime time;
};

// "Received: from c.example ([192.0.2.10]) CRLF TAB by … with … id … CRLF TAB for <…>; date CRLF",
// in lines of at most 76 octets where its words allow. A HELO that is neither host name nor address
// literal is left out for the address, so that nobody writes our header for us.
std::string received_field(const Hop& hop);

// "Return-Path: <a@a.test> CRLF": put before a mail at final delivery, and only there.
std::string return_path_field(const ReversePath& reverse_path);

// How many hops a mail has behind it; more than 100 are a loop (RFC 5321 section 6.3).
std::size_t count_received(const Message& message);

// The mail without any Return-Path field: a relayed one has none to believe. Shares the octets if
// there was none.
Bytes strip_return_path(const Message& message);

// `fields` (whole lines with CRLF) and the mail after them.
Bytes prepend(std::string_view fields, const Bytes& raw);

}  // namespace mailwalk::mail
