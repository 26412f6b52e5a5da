// Received fields read back: the hops that a mail has behind it (RFC 5321 section 4.4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message.hpp"

namespace mailwalk::mail {

// What one field says; empty where it does not say it. Anybody may have written it.
struct ReceivedHop {
  std::string from;     // with what stands in brackets behind it
  std::string by;       //
  std::string with;     // "ESMTP"
  std::string id;       //
  std::string only_to;  // the clause "for"
  std::string date;     // as written, behind the last ";"
  std::optional<std::int64_t> unix_seconds;
};

// From an unfolded field value.
ReceivedHop read_received(std::string_view value);

// In the order in which the mail went, so the lowest field first. At most so many, the latest ones.
std::vector<ReceivedHop> read_hops(const Message& message, std::size_t most = 50);

// "Mon, 05 Jan 2026 09:00:00 +0700" as Unix time (RFC 5322 section 3.3, zones as numbers or GMT);
// nullopt for anything else.
std::optional<std::int64_t> read_date(std::string_view text);

}  // namespace mailwalk::mail
