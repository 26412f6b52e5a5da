// The limits of SMTP sessions. Each default has its RFC section or its reason beside it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/virtual_time.hpp"

namespace mailwalk::smtp {

// Octets of a text line with its CRLF (RFC 5321 section 4.5.3.1.6).
inline constexpr std::size_t kTextLineOctets = 1000;

// Octets of a reply line with its CRLF (RFC 5321 section 4.5.3.1.5): ours are cut there.
inline constexpr std::size_t kReplyLineOctets = 512;

// What a server takes. Lengths are in octets and count the CRLF. The limits of a path (256), a
// local part (64) and a domain (255) are no choice; they stand with the address parser
// (mail/address.hpp).
struct ServerLimits {
  // RFC 5321 section 4.5.3.1.4. Extensions that are offered add their parameters to it.
  std::size_t command_line_octets = 512;
  std::size_t text_line_octets = kTextLineOctets;
  // RFC 5321 section 4.5.3.1.7 asks for 64K at least; this is what SIZE announces. Mail with
  // pictures passes, a class of machines still fits in memory.
  std::uint64_t message_bytes = 10 * 1024 * 1024;
  // RFC 5321 section 4.5.3.1.8 asks for 100 at least.
  std::size_t recipients = 1000;
  // Commands that wait while the session waits for an answer. Enough for the largest group that
  // RFC 2920 allows here: a transaction with all its recipients, each line of full length.
  std::size_t waiting_input_octets = 1024 * 1024;
  // A command line that goes on for so long is no mistake any more: the session ends.
  std::size_t endless_line_octets = 256 * 1024;
  // So much is read of a mail beyond message_bytes: the refusal is due after its end (RFC 5321
  // section 4.1.1.4), but nobody waits for that for ever.
  std::uint64_t excess_bytes = 10 * 1024 * 1024;
  // Syntax and sequence errors on one connection before it is ended (RFC 5321 section 4.3.2, 421).
  // A learner who types by hand stays below it; a program that talks another protocol does not.
  std::size_t errors = 20;
  // Commands in a row that bring no mail nearer (NOOP, RSET, VRFY, HELP, EHLO). RFC 5321 has no
  // limit; a program that says nothing else keeps a server busy for nothing, and Postfix loses
  // patience after as many.
  std::size_t idle_commands = 100;
  // RFC 5321 section 4.5.3.2.7: at least 5 minutes.
  Duration idle = minutes(5);
  // Logins that fail on one connection before it is ended: who has mistyped a password tries again,
  // who guesses passwords has to call again.
  std::size_t failed_logins = 3;
  // Before a failed login is answered; twice as long at each further one (RFC 4954 section 9 asks
  // for something that makes guessing slow).
  Duration failed_login_delay = seconds(1);
};

// How long a client waits for each reply (RFC 5321 section 4.5.3.2).
struct ClientTimeouts {
  Duration greeting = minutes(5);      // section 4.5.3.2.1
  Duration hello = minutes(5);         // not named there; as for MAIL
  Duration mail = minutes(5);          // section 4.5.3.2.2
  Duration rcpt = minutes(5);          // section 4.5.3.2.3
  Duration data = minutes(2);          // section 4.5.3.2.4
  Duration data_block = minutes(3);    // section 4.5.3.2.5
  Duration end_of_data = minutes(10);  // section 4.5.3.2.6
  Duration other = minutes(5);         // RSET and QUIT, not named there
};

// What a client takes from a server, and how far it runs ahead of it.
struct ClientLimits {
  // RFC 5321 section 4.5.3.1.5 says 512; servers exceed it with long explanations.
  std::size_t reply_line_octets = 2048;
  // RFC 5321 has no limit. The longest EHLO replies in use have some 30 lines, HELP texts 50.
  std::size_t reply_lines = 200;
  // Commands sent without their reply. RFC 2920 section 3.1 leaves it to the send window; replies
  // to this many (some 20 KB) fit into every receive buffer, so that neither side waits for the
  // other.
  std::size_t commands_in_flight = 200;
};

}  // namespace mailwalk::smtp
