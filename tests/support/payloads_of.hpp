// What happened in a run, by its kind.
#pragma once

#include <vector>

#include "journal/journal.hpp"

namespace mailwalk::test {

// In the order in which they happened.
template <class Payload>
std::vector<Payload> payloads_of(const journal::Journal& journal) {
  std::vector<Payload> found;
  for (const journal::Event& event : journal) {
    if (const auto* payload = journal::payload_if<Payload>(event)) found.push_back(*payload);
  }
  return found;
}

}  // namespace mailwalk::test
