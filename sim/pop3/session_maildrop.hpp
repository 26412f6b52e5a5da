// A maildrop as one session sees it: a snapshot with stable numbers, and marks for deletion.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "pop3/command.hpp"
#include "pop3/listing.hpp"

namespace mailwalk::pop3 {

// What the caller hands over at login: every message in its order.
struct MaildropMessage {
  std::string uid;
  Bytes content;
};

// Numbers 1 to n stand for the same message from login to QUIT, marked or not. Marking deletes
// nothing. Sizes and totals are known without looking at the messages again.
class SessionMaildrop {
 public:
  SessionMaildrop() = default;
  explicit SessionMaildrop(std::vector<MaildropMessage> messages);

  enum class Presence : std::uint8_t { There, Marked, NoSuchMessage };
  [[nodiscard]] Presence presence(MessageNumber number) const;

  // REQUIRES presence(number) is not NoSuchMessage.
  [[nodiscard]] const MaildropMessage& message(MessageNumber number) const;
  [[nodiscard]] std::uint64_t octets(MessageNumber number) const;

  // Of the messages that are not marked, here and below.
  [[nodiscard]] DropListing drop_listing() const { return unmarked_; }
  [[nodiscard]] std::string summary() const;  // "2 messages (320 octets)", for people
  [[nodiscard]] std::vector<ScanListing> scan_listings() const;
  [[nodiscard]] std::vector<UniqueIdListing> unique_id_listings() const;

  // REQUIRES presence(number) is There.
  void mark(MessageNumber number);
  // The UIDs of those that were marked, by number.
  std::vector<std::string> unmark_all();
  [[nodiscard]] std::vector<std::string> marked_uids() const;

 private:
  struct Entry {
    MaildropMessage message;
    std::uint64_t octets = 0;
    bool marked = false;
  };
  [[nodiscard]] const Entry& entry(MessageNumber number) const;

  std::vector<Entry> entries_;
  DropListing unmarked_;
};

}  // namespace mailwalk::pop3
