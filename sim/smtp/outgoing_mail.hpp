// A mail on its way out, judged against what the server offers before a byte of it is sent.
#pragma once

#include <cstddef>
#include <optional>

#include "base/bytes.hpp"
#include "mail/envelope.hpp"
#include "smtp/extensions.hpp"
#include "smtp/mail_parameters.hpp"
#include "smtp/reply.hpp"

namespace mailwalk::smtp {

// What a client does with content that SMTP does not allow.
enum class ContentCheck {
  Strict,      // the mail fails here
  SendAnyway,  // the server is left to refuse it, so that a class sees its reply
};

struct ContentRules {
  // A CR or LF alone (RFC 5321 section 2.3.8: clients MUST NOT send them). Sent on, it is what
  // makes smuggling possible.
  ContentCheck bare_line_ends = ContentCheck::Strict;
  // Lines of more than 998 octets (RFC 5321 section 4.5.3.1.6). Harmless but for the refusal.
  ContentCheck long_lines = ContentCheck::SendAnyway;
};

struct OutgoingMail {
  mail::Envelope envelope;
  Bytes content;

  // What the content and the addresses ask of the server.
  enum class Octets { SevenBit, EightBit } octets;
  enum class LineEnds { CrLf, SomeBare } line_ends;
  enum class Addresses { Ascii, Utf8 } addresses;
  std::size_t longest_line_octets;  // with CRLF
  std::size_t size_bytes;           // with the CRLF that is added if the last line lacks it
};

OutgoingMail make_outgoing(mail::Envelope envelope, Bytes content);

// Why this mail cannot go to a server that offers this: a 5xx reply with 5.6.7 (needs SMTPUTF8),
// 5.6.3 (needs 8BITMIME), 5.3.4 (larger than SIZE) or 5.6.0 (content breaks `rules`).
std::optional<Reply> reason_not_to_send(const OutgoingMail& mail, const OfferedExtensions& offered,
                                        const ContentRules& rules);

// The parameters of its MAIL command, of what is offered.
MailParameters parameters_for(const OutgoingMail& mail, const OfferedExtensions& offered);

}  // namespace mailwalk::smtp
