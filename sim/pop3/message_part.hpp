// What of a message RETR and TOP send, and how large that is.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace mailwalk::pop3 {

// The octets that RETR sends before stuffing: the content, and CRLF if its last line lacks it.
// LIST and STAT count these (RFC 1939 section 11).
std::uint64_t octets_on_wire(const Bytes& content);

// The header, the blank line and `body_lines` lines of the body; all of it if it has no more (RFC
// 1939 section 7, TOP). A slice: nothing is copied. Only CRLF ends a line.
Bytes top_part(const Bytes& content, std::uint32_t body_lines);

}  // namespace mailwalk::pop3
