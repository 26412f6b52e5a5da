// An MTA's queue: mails it has answered for with 250 and not yet handed on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/virtual_time.hpp"
#include "mail/envelope.hpp"
#include "mail/status_code.hpp"
#include "store/retry_schedule.hpp"

namespace mailwalk::store {

// 1, 2, 3 … per MTA, never given again.
using QueueId = StrongId<struct QueueIdTag, std::uint64_t>;
// As it stands in Received fields and replies: "4F0A1", at least 5 hexadecimal digits.
std::string text(QueueId id);

// What the last attempt brought for a recipient, as a delivery report tells it (RFC 3464
// section 2.3).
struct Diagnostic {
  mail::StatusCode status;      // 4.4.1, 5.1.1 …
  std::string remote_mta;       // the host that was spoken to; empty if none was reached
  std::string diagnostic_code;  // its reply, "451 4.3.0 Try later"; empty if it did not say why
  std::string reason;           // for people, if no host said anything: "connection refused"

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

enum class RecipientState : std::uint8_t { Pending, Done };

struct QueuedRecipient {
  mail::Mailbox mailbox;
  RecipientState state = RecipientState::Pending;
  std::optional<Diagnostic> last;  // of the last attempt
};

enum class Activity : std::uint8_t { Waiting, Trying };

struct QueueEntry {
  QueueId id;
  mail::Envelope envelope;                  // as accepted, every recipient in it
  std::vector<QueuedRecipient> recipients;  // in the envelope's order
  Bytes content;
  VirtualTime arrived_at;
  VirtualTime next_try;  // meaningless while it is being tried
  std::uint32_t attempts = 0;
  Activity activity = Activity::Waiting;

  [[nodiscard]] std::vector<mail::Mailbox> pending() const;
  [[nodiscard]] bool settled() const;  // no recipient is pending
};

// The mail was not taken: 452 4.3.1 to the sender.
struct QueueFull {
  std::size_t entries = 0;
  std::uint64_t used_bytes = 0;
};

// What an MTA of a classroom's size needs; a limit all the same, so that a mail loop ends in 452.
struct QueueLimits {
  std::size_t entries = 10'000;
  std::uint64_t bytes = 1024ull * 1024 * 1024;
};

class MtaQueue {
 public:
  explicit MtaQueue(RetrySchedule schedule, QueueLimits limits = {});

  // Due at once. The id can be asked for before, because the Received field names it.
  [[nodiscard]] QueueId next_id() const { return QueueId{next_id_}; }
  std::variant<QueueId, QueueFull> add(mail::Envelope envelope, Bytes content, VirtualTime now);
  [[nodiscard]] bool has_room_for(std::uint64_t bytes) const;

  // Ids whose time has come and that are not being tried; the one that waits longest first.
  [[nodiscard]] std::vector<QueueId> due(VirtualTime now) const;
  // The earliest time at which due() will not be empty; nullopt if nothing waits.
  [[nodiscard]] std::optional<VirtualTime> next_due() const;

  // An attempt: begin(), settle() or set back each recipient by its place in the entry, then
  // defer() or remove(). REQUIRES that the entry is there, for begin() that it is waiting, for
  // defer() that it is being tried, and that the recipient is pending.
  const QueueEntry& begin(QueueId id);
  void settle(QueueId id, std::size_t recipient, std::optional<Diagnostic> last);
  void set_back(QueueId id, std::size_t recipient, Diagnostic last);
  // Waits again, as the schedule says; returns until when.
  VirtualTime defer(QueueId id, VirtualTime now);
  void remove(QueueId id);

  // Whether a failed attempt now was the last one.
  [[nodiscard]] bool expired(QueueId id, VirtualTime now) const;

  // Another time for one that waits. REQUIRES that it does.
  void set_next_try(QueueId id, VirtualTime next_try);
  // "postqueue -f": everything that waits is due now.
  void flush(VirtualTime now);

  [[nodiscard]] const QueueEntry* find(QueueId id) const;
  // By id.
  [[nodiscard]] const std::map<QueueId, QueueEntry>& entries() const { return entries_; }
  [[nodiscard]] std::uint64_t used_bytes() const { return used_bytes_; }
  [[nodiscard]] const RetrySchedule& schedule() const { return schedule_; }

 private:
  QueueEntry& entry(QueueId id);
  QueuedRecipient& pending_recipient(QueueId id, std::size_t recipient);

  RetrySchedule schedule_;
  QueueLimits limits_;
  std::uint64_t next_id_ = 1;
  std::uint64_t used_bytes_ = 0;
  std::map<QueueId, QueueEntry> entries_;
};

}  // namespace mailwalk::store
