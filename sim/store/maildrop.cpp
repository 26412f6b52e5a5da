#include "store/maildrop.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace mailwalk::store {

Maildrop::Maildrop(std::string owner, std::uint64_t quota_bytes, std::uint32_t number)
    : owner_(std::move(owner)), quota_bytes_(quota_bytes), number_(number) {}

bool Maildrop::has_room_for(std::uint64_t bytes) const {
  // The quota may have been lowered below what is used.
  return quota_bytes_ == 0 || (used_bytes_ <= quota_bytes_ && bytes <= quota_bytes_ - used_bytes_);
}

std::variant<Uid, OverQuota> Maildrop::deliver(Bytes content, VirtualTime now) {
  if (!has_room_for(content.size())) return OverQuota{content.size(), used_bytes_, quota_bytes_};
  used_bytes_ += content.size();
  letters_.push_back({Uid(next_serial_++, number_), std::move(content), now});
  return letters_.back().uid;
}

void Maildrop::put_back(StoredLetter letter) {
  const auto serial = Uid::serial(letter.uid.text());
  if (serial) next_serial_ = std::max(next_serial_, *serial + 1);
  used_bytes_ += letter.content.size();
  letters_.push_back(std::move(letter));
}

const StoredLetter* Maildrop::find(const Uid& uid) const {
  const auto found = std::find_if(letters_.begin(), letters_.end(),
                                  [&](const StoredLetter& letter) { return letter.uid == uid; });
  return found == letters_.end() ? nullptr : &*found;
}

bool Maildrop::gave(std::string_view uid) const {
  return Uid::maildrop_number(uid) == number_;
}

std::size_t Maildrop::expunge(std::vector<Uid> uids) {
  std::sort(uids.begin(), uids.end());
  const auto goes = [&](const StoredLetter& letter) {
    return std::binary_search(uids.begin(), uids.end(), letter.uid);
  };
  const std::size_t before = letters_.size();
  for (const StoredLetter& letter : letters_) {
    if (goes(letter)) used_bytes_ -= letter.content.size();
  }
  letters_.erase(std::remove_if(letters_.begin(), letters_.end(), goes), letters_.end());
  return before - letters_.size();
}

LockResult Maildrop::lock(ConnectionId connection) {
  assert(connection != kNoConnection);
  if (lock_holder_ != kNoConnection && lock_holder_ != connection) return LockResult::InUse;
  lock_holder_ = connection;
  return LockResult::Locked;
}

void Maildrop::unlock(ConnectionId connection) {
  if (lock_holder_ == connection) lock_holder_ = kNoConnection;
}

std::optional<ConnectionId> Maildrop::lock_holder() const {
  if (lock_holder_ == kNoConnection) return std::nullopt;
  return lock_holder_;
}

}  // namespace mailwalk::store
