// At which events a person stops who steps through a run, by what is being followed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_set>
#include <vector>

#include "journal/journal.hpp"

namespace mailwalk::journal {

enum class Kind : std::uint8_t {
  Event,          // each
  Command,        // a command is sent; where the client is none of ours, it is received
  Reply,          // a reply is sent; where the server is none of ours, it is received
  MailboxEffect,  // something changes in an outbox, a queue, a maildrop or on a device
  Connection,     // a connection is begun, stands, fails, is closed or cut
  Fault,          // somebody injects one, or a connection fails or is cut
};
inline constexpr std::size_t kKindCount = 6;

// One bit for each event and kind: an eighth of an octet each, and 64 events are passed over at
// once.
class Stops {
 public:
  // REQUIRES that this is the event after the last one that was added.
  void add(const Event& event);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  // The first stop not before `at` and the last one before `before`, among the events that were
  // added.
  [[nodiscard]] std::optional<EventPosition> first_from(std::uint64_t at, Kind kind) const;
  [[nodiscard]] std::optional<EventPosition> last_before(std::uint64_t before, Kind kind) const;

 private:
  void mark(Kind kind);

  std::array<std::vector<std::uint64_t>, kKindCount>
      bits_;  // of an event at p: word p / 64, bit p % 64
  std::uint64_t size_ = 0;
  // Connections whose client or server is of ours, so that what it sends is not told again when it
  // arrives. Only ever asked for one.
  std::unordered_set<ConnectionId> own_clients_, own_servers_;
};

}  // namespace mailwalk::journal
