// What a POP3 session puts up with. Each value has its section or its reason beside it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/virtual_time.hpp"

namespace mailwalk::pop3 {

struct ServerLimits {
  // CRLF included; RFC 2449 section 4.
  std::size_t command_line_octets = 255;
  // -ERR replies before login, then the session ends. RFC 1939 says nothing; a person who types by
  // hand errs often, a program that guesses passwords more often.
  std::uint32_t errors_before_login = 20;
  // Of any kind: who has not logged in after so many does not want to.
  std::uint32_t commands_before_login = 100;
  // Replies that were not yet taken; above it, further commands wait. Keeps a client that asks for
  // everything and reads nothing from filling the memory. One reply may exceed it.
  std::size_t pending_output_octets = 256 * 1024;
  // Commands that wait, or one line without its end, in octets; above it the session ends. Enough
  // for 20,000 DELEs in one write.
  std::size_t pending_input_octets = 256 * 1024;
  // RFC 1939 section 3: at least 10 minutes, and then no reply and no UPDATE.
  Duration idle_after_login = minutes(10);
  // The 10 minutes protect a maildrop that is open. Nothing is open before login, and a connection
  // that only waits costs the server one; Dovecot waits 3 minutes too, and says -ERR.
  Duration idle_before_login = minutes(3);
  // Logins that fail on one connection before it is ended, where AUTH is offered; and how long the
  // first has to wait for its answer, each further one twice as long. As in SMTP.
  std::uint32_t failed_logins = 3;
  Duration failed_login_delay = seconds(1);
};

struct ClientLimits {
  // RFC 1939 section 3 allows 512; some servers exceed it, and nothing is gained by giving up
  // there.
  std::size_t reply_line_octets = 1000;
  // Of a multi-line reply, after unstuffing.
  std::size_t content_octets = 64 * 1024 * 1024;
  // Lines of a LIST, UIDL or CAPA.
  std::size_t listing_lines = 100'000;
  // Commands under way at once when pipelining: RFC 2449 section 6.6 wants no more than the
  // transport's window holds, and 32 lines fit any.
  std::size_t commands_in_flight = 32;
  // RFC 1939 gives no client timeouts; RFC 5321 section 4.5.3.2 gives SMTP's clients 5 minutes for
  // most replies. Counted from the last octet that arrived.
  Duration greeting = minutes(5);
  Duration reply = minutes(5);
};

}  // namespace mailwalk::pop3
