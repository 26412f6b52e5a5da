// When an MTA tries again, and when it gives up (RFC 5321 section 4.5.4.1).
#pragma once

#include "base/virtual_time.hpp"

namespace mailwalk::store {

// The wait before the next attempt is the mail's age, but not below `min` and not above `max`. As
// Postfix does: what could not be delivered for long will hardly be deliverable in the next minute,
// and no counter is needed to say so. Seen from outside, waits double from `min` to `max`.
struct RetrySchedule {
  Duration min = minutes(30);  // RFC 5321 wants no less; Postfix's own is 5 minutes
  Duration max = hours(4);
  Duration expiry = days(5);  // RFC 5321 wants 4 or 5 at least

  // How long after now the next attempt is, for a mail that is `age` old now.
  [[nodiscard]] Duration wait(Duration age) const;
  // A mail gets its last attempt once it is so old; if that fails, the MTA gives up.
  [[nodiscard]] bool expired(Duration age) const { return age >= expiry; }
};

}  // namespace mailwalk::store
