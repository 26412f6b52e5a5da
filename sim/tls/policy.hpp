// What the two sides of a connection want of TLS, as somebody sets up a server or a mail program.
#pragma once

#include <cstdint>

namespace mailwalk::tls {

// A server's.
enum class Offer : std::uint8_t {
  None,
  Offered,   // STARTTLS or STLS, and the ports at which TLS comes first
  Required,  // as well; and where people log in or submit mail, nothing else is done without it
};

// A client's.
enum class Wish : std::uint8_t {
  Never,
  Opportunistic,  // if it is offered, and with whomever: helps against those who only listen
  Required,       // STARTTLS or STLS, or nothing is said; the certificate must be right
  Implicit,       // the port at which TLS comes first (RFC 8314); the certificate must be right
};

// Whether a server takes a password that everybody on the way can read.
enum class ClearTextLogin : std::uint8_t { Allowed, Refused };

}  // namespace mailwalk::tls
