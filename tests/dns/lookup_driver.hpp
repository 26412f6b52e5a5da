// Runs a lookup against a name server in virtual time, the two connected by nothing but this loop.
#pragma once

#include <string>
#include <vector>

#include "dns/lookup_event.hpp"
#include "dns/text.hpp"
#include "dns/zone_set.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::dns::test {

struct Run {
  std::vector<std::string> events;  // as text
  VirtualTime ended;
};

// Until the lookup is done; silence of the server makes time pass to the deadline.
template <class Lookup>
Run run(Lookup& lookup, const ZoneSet& server) {
  Run run;
  VirtualTime now{};
  for (int step = 0; step < 1'000; ++step) {
    const auto query = lookup.take_query(now);
    if (query) {
      const auto reply = server.answer_datagram(*query);
      if (reply) lookup.receive(encode(*reply), now);
    } else if (const auto deadline = lookup.deadline()) {
      now = *deadline;
      lookup.time_passed(now);
    }
    while (auto event = lookup.next_event()) run.events.push_back(text(*event));
    if (lookup.done()) break;
  }
  run.ended = now;
  REQUIRE(lookup.done());
  CHECK_FALSE(lookup.take_query(now));
  CHECK_FALSE(lookup.deadline());
  return run;
}

}  // namespace mailwalk::dns::test
