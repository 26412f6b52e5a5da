// What a person may see of a machine: what lies where on it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/ip_address.hpp"
#include "base/virtual_time.hpp"
#include "journal/letter.hpp"
#include "journal/persistent_map.hpp"
#include "journal/shared.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::journal {

// Bytes as keys of a PersistentMap, in the order of their octets.
struct ByOctets {
  bool operator()(const Bytes& a, const Bytes& b) const { return a.view() < b.view(); }
};

// ---- User agent ------------------------------------------------------------------------------

enum class OutboxState : std::uint8_t { Waiting, Sending, Refused };

struct OutboxMail {
  CopyId copy;
  AddressList pending;  // recipients for whom it was neither taken nor refused
  Bytes content;
  OutboxState state = OutboxState::Waiting;
  VirtualTime next_try;             // while it waits after a failure
  Trouble trouble = Trouble::None;  // why it waits or was refused; None before the first try
  Bytes reason;                     // what the server said to that, or what else is known
  bool sent_before = false;         // taken for some recipients already: a copy is in Sent
};

struct SentCopy {
  CopyId copy;
  Bytes content;
  VirtualTime sent_at;
};

// ---- MTA -------------------------------------------------------------------------------------

struct QueuedRecipient {
  Bytes address;
  std::optional<Outcome> outcome;  // of the last try; none before it
  Trouble trouble = Trouble::None;
  Bytes reason;  // the reply, or what else is known
};

enum class QueueState : std::uint8_t { Waiting, Trying };

struct QueuedMail {
  CopyId copy;
  Bytes queue_id;
  Bytes sender;  // empty: the null reverse-path
  std::vector<QueuedRecipient> recipients;
  Bytes content;
  VirtualTime arrived_at;
  VirtualTime next_try;
  std::uint32_t attempts = 0;
  QueueState state = QueueState::Waiting;
  bool bounced = false;  // for some of its recipients
};

// ---- Mailbox server --------------------------------------------------------------------------

struct MaildropLetter {
  CopyId copy;
  Bytes uid;
  Bytes content;
  VirtualTime arrived_at;
  bool marked = false;
};

struct Maildrop {
  Bytes owner;
  Bytes address;
  std::uint64_t quota_bytes = 0;  // 0 = without limit
  std::uint64_t used_bytes = 0;   // marked letters count: they are still there
  ConnectionId lock_holder = kNoConnection;
  // The session that holds the lock numbers the letters that arrived before this. None without a
  // lock, and once letters have gone in UPDATE.
  std::optional<EventPosition> numbered_before;
  PersistentMap<EventPosition, MaildropLetter> letters;  // in the order of their arrival
  PersistentMap<Bytes, EventPosition, ByOctets> arrival_of_uid;

  // nullptr if there is none.
  [[nodiscard]] const MaildropLetter* find(const Bytes& uid) const;
  // The message number in the session that holds the lock, of the letter that arrived so: 1, 2 … as
  // RFC 1939 section 4 counts, marked letters too. nullopt: it has none.
  [[nodiscard]] std::optional<std::uint32_t> number_in_session(EventPosition arrival) const;
};

// ---- Receiver's device -----------------------------------------------------------------------

struct DeviceLetter {
  CopyId copy;
  Bytes account;
  Bytes uid;
  Bytes content;
  VirtualTime stored_at;
  bool read = false;
};

struct Account {
  Bytes name;
  Bytes user;
  Bytes server;
  FetchMode mode = FetchMode::Keep;
  std::uint32_t keep_days = 0;
  Duration poll_interval;  // 0 = asks by hand only
  bool polling = false;
  Trouble trouble = Trouble::None;  // of the last poll; None if it came to its end in order
  Bytes reason;                     // what the server said to that, or what else is known
  std::uint32_t did_not_fit = 0;    // new letters for which this poll or the last one had no room
  // UIDs that this device has stored a letter under, with the letter: it fetches none of them
  // again.
  PersistentMap<Bytes, LetterId, ByOctets> known_uids;
};

// ----------------------------------------------------------------------------------------------

struct Machine {
  NodeId id;
  Bytes name;
  Bytes label_english;
  Bytes label_indonesian;
  Roles roles = 0;
  IpAddress address;

  PersistentMap<OutboxId, Shared<OutboxMail>> outbox;
  PersistentMap<EventPosition, SentCopy> sent;
  PersistentMap<QueueNumber, Shared<QueuedMail>> queue;
  PersistentMap<Bytes, Shared<Maildrop>, ByOctets> maildrops;  // by owner
  PersistentMap<Bytes, Shared<Account>, ByOctets> accounts;    // by name
  PersistentMap<DeviceLetterId, DeviceLetter> letters;
  std::uint64_t used_bytes = 0;      // of the device's storage: letters and sent copies
  std::uint64_t capacity_bytes = 0;  // 0 = without limit, or not known: no account was set up
};

}  // namespace mailwalk::journal
