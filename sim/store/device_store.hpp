// What a device of the receiver holds: letters it fetched, copies of what it sent, and which UIDs
// it has seen. No other device knows of it.
#pragma once

#include <cstdint>
#include <map>
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

// A letter's number on this device: 1, 2, 3 … in the order of storing, never given again.
using DeviceLetterIndex = StrongId<struct DeviceLetterIndexTag, std::uint32_t>;

enum class ReadMark : std::uint8_t { Unread, Read };

struct DeviceLetter {
  DeviceLetterIndex index;
  std::string account;
  Uid uid;
  Bytes content;
  VirtualTime stored_at;
  ReadMark mark = ReadMark::Unread;
};

// A copy in the Sent folder. POP3 cannot put it on the server: it exists here only.
struct SentCopy {
  std::string account;
  Bytes content;
  VirtualTime sent_at;
};

struct KnownUid {
  Uid uid;
  VirtualTime first_seen;
};

// The letter was not stored.
struct DeviceFull {
  std::uint64_t letter_bytes = 0;
  std::uint64_t used_bytes = 0;
  std::uint64_t capacity_bytes = 0;
};

class DeviceStore {
 public:
  // capacity_bytes: 0 = without limit. Letters and sent copies count, known UIDs do not.
  explicit DeviceStore(std::uint64_t capacity_bytes);

  [[nodiscard]] std::uint64_t capacity_bytes() const { return capacity_bytes_; }
  void set_capacity_bytes(std::uint64_t capacity_bytes) { capacity_bytes_ = capacity_bytes; }
  [[nodiscard]] std::uint64_t used_bytes() const { return used_bytes_; }
  [[nodiscard]] bool would_fit(std::uint64_t bytes) const;

  // Its UID becomes known with this, if it was not.
  std::variant<DeviceLetterIndex, DeviceFull> add(std::string account, Uid uid, Bytes content,
                                                  VirtualTime now);
  // By index.
  [[nodiscard]] const std::vector<DeviceLetter>& letters() const { return letters_; }
  [[nodiscard]] const DeviceLetter* find(DeviceLetterIndex index) const;
  [[nodiscard]] const DeviceLetter* find(std::string_view account, const Uid& uid) const;
  // False: there is no such letter.
  bool mark_read(DeviceLetterIndex index);
  // The UID stays known: or the next poll would fetch again what somebody threw away. False: there
  // is no such letter.
  bool remove(DeviceLetterIndex index);

  std::optional<DeviceFull> add_sent(std::string account, Bytes content, VirtualTime now);
  [[nodiscard]] const std::vector<SentCopy>& sent() const { return sent_; }

  // Which of an account's UIDs this device has seen, and since when ("leave on server for n days").
  void make_known(std::string_view account, const Uid& uid, VirtualTime now);
  [[nodiscard]] std::optional<VirtualTime> first_seen(std::string_view account,
                                                      const Uid& uid) const;
  // Sorted by UID.
  [[nodiscard]] std::vector<KnownUid> known_uids(std::string_view account) const;
  // After a complete UIDL: what the server no longer has need not be remembered, because a UID is
  // never given again.
  void forget_all_but(std::string_view account, const std::vector<Uid>& on_server);

 private:
  using UidsOfAccount = std::map<Uid, VirtualTime>;
  [[nodiscard]] DeviceFull full(std::uint64_t bytes) const;

  std::uint64_t capacity_bytes_;
  std::uint64_t used_bytes_ = 0;
  std::uint32_t next_index_ = 1;
  std::vector<DeviceLetter> letters_;
  std::vector<SentCopy> sent_;
  std::map<std::string, UidsOfAccount, std::less<>> known_;
};

}  // namespace mailwalk::store
