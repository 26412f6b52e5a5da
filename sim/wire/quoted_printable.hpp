// Quoted-printable (RFC 2045 section 6.7).
#pragma once

#include <string>
#include <string_view>

namespace mailwalk::wire {

// Text in CRLF lines to lines of at most 76 octets before their CRLF. A bare CR or LF is encoded,
// so that it comes back as it was.
std::string quoted_printable_encode(std::string_view text);

// Never fails: what is no valid escape is kept as it stands, as the RFC advises; blanks at the end
// of a line are dropped.
std::string quoted_printable_decode(std::string_view text);

}  // namespace mailwalk::wire
