// Many clients at once that send mails, or fetch them, as fast as a server lets them: no session of
// ours, which would do more than needed, but the shortest exchange there is.
#pragma once

#include <cstddef>
#include <string>

#include "net/sockets.hpp"

namespace mailwalk::bench {

struct LoadPlan {
  enum class Kind { Smtp, Pop3 } kind = Kind::Smtp;
  net::Endpoint server;
  std::size_t sessions = 1;   // at once
  std::size_t count = 1'000;  // connections in all: SMTP has one mail in each
  std::size_t body_octets = 1'000;
  std::string recipient = "budi@kantor.example";
  // POP3: connection number i logs in as user 0, 1 … users - 1, whichever is free.
  std::string user_prefix = "u";
  std::size_t users = 1;
  std::string password = "pw";
};

struct LoadResult {
  std::size_t mails = 0;   // taken by the server, or fetched
  std::size_t failed = 0;  // connections that did not come to their end
  double seconds = 0;
  std::string first_failure;  // what the server said then
};

// REQUIRES that sessions <= users for POP3. Ends when all connections were tried, or none has moved
// for half a minute.
LoadResult put_load(const LoadPlan& plan);

}  // namespace mailwalk::bench
