#include "journal_copy.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include "journal/event_codec.hpp"
#include "memory.hpp"

namespace mailwalk::bench {

JournalCopy copy_of(const journal::Journal& journal) {
  const std::uint64_t before = allocated_bytes();
  std::uint64_t payload_bytes = 0;
  JournalCopy copy;
  for (const journal::Event& event : journal) {
    const std::string encoded = journal::encode_payload(event.payload);
    auto payload = journal::decode_payload(journal::payload_kind(event.payload), encoded);
    payload_bytes += encoded.size();
    copy.journal.append(event.time, event.node, event.connection, event.cause, std::move(*payload));
  }
  const std::uint64_t held = allocated_bytes() - before;
  copy.overhead_per_event = (static_cast<double>(held) - static_cast<double>(payload_bytes)) /
                            static_cast<double>(journal.size());
  return copy;
}

}  // namespace mailwalk::bench
