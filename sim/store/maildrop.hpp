// A maildrop: one person's letters on the mailbox server, whatever devices they use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/virtual_time.hpp"
#include "store/uid.hpp"

namespace mailwalk::store {

struct StoredLetter {
  Uid uid;
  Bytes content;
  VirtualTime arrived_at;
};

// The letter was not taken: 452 or 552 to the sender.
struct OverQuota {
  std::uint64_t letter_bytes = 0;
  std::uint64_t used_bytes = 0;
  std::uint64_t quota_bytes = 0;
};

enum class LockResult : std::uint8_t { Locked, InUse };

// Letters in the order of their arrival. While a session holds the lock, letters still arrive; that
// the session does not see them is its own doing (it keeps the messages() of its beginning).
class Maildrop {
 public:
  // quota_bytes: 0 = without limit. number: different for each maildrop that ever was; see Uid.
  Maildrop(std::string owner, std::uint64_t quota_bytes, std::uint32_t number = 1);

  [[nodiscard]] const std::string& owner() const { return owner_; }
  [[nodiscard]] std::uint64_t quota_bytes() const { return quota_bytes_; }
  void set_quota_bytes(std::uint64_t quota_bytes) { quota_bytes_ = quota_bytes; }
  [[nodiscard]] std::uint64_t used_bytes() const { return used_bytes_; }
  [[nodiscard]] bool has_room_for(std::uint64_t bytes) const;

  std::variant<Uid, OverQuota> deliver(Bytes content, VirtualTime now);

  [[nodiscard]] const std::vector<StoredLetter>& messages() const { return letters_; }
  [[nodiscard]] const StoredLetter* find(const Uid& uid) const;
  // Whether a UID is of those that this maildrop gives.
  [[nodiscard]] bool gave(std::string_view uid) const;

  // The next letters get later UIDs, as if so many had come and gone.
  void skip_uids(std::uint64_t count) { next_serial_ += count; }

  // A letter lies there again that this maildrop had, after those that do. Later ones get later
  // UIDs.
  void put_back(StoredLetter letter);

  // Removes those that are there, and returns how many were. Their UIDs are never given again.
  std::size_t expunge(std::vector<Uid> uids);

  // The exclusive lock of RFC 1939 section 4. The same connection may lock again. REQUIRES a
  // connection, not kNoConnection.
  LockResult lock(ConnectionId connection);
  // Of somebody who does not hold it: nothing happens, so that whoever ends may always call it.
  void unlock(ConnectionId connection);
  [[nodiscard]] std::optional<ConnectionId> lock_holder() const;

 private:
  std::string owner_;
  std::uint64_t quota_bytes_;
  std::uint32_t number_;
  std::uint64_t next_serial_ = 1;
  std::uint64_t used_bytes_ = 0;
  std::vector<StoredLetter> letters_;
  ConnectionId lock_holder_ = kNoConnection;
};

}  // namespace mailwalk::store
