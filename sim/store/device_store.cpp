#include "store/device_store.hpp"

#include <algorithm>
#include <utility>

namespace mailwalk::store {
namespace {

// Letters stand in the order of their indices, because indices only grow.
template <class Letters>
auto position_of(Letters& letters, DeviceLetterIndex index) {
  const auto found = std::lower_bound(
      letters.begin(), letters.end(), index,
      [](const DeviceLetter& letter, DeviceLetterIndex wanted) { return letter.index < wanted; });
  return found != letters.end() && found->index == index ? found : letters.end();
}

}  // namespace

DeviceStore::DeviceStore(std::uint64_t capacity_bytes) : capacity_bytes_(capacity_bytes) {}

bool DeviceStore::would_fit(std::uint64_t bytes) const {
  // The capacity may have been lowered below what is used.
  return capacity_bytes_ == 0 ||
         (used_bytes_ <= capacity_bytes_ && bytes <= capacity_bytes_ - used_bytes_);
}

DeviceFull DeviceStore::full(std::uint64_t bytes) const {
  return {bytes, used_bytes_, capacity_bytes_};
}

// ---- Letters ---------------------------------------------------------------------------------

std::variant<DeviceLetterIndex, DeviceFull> DeviceStore::add(std::string account, Uid uid,
                                                             Bytes content, VirtualTime now) {
  if (!would_fit(content.size())) return full(content.size());
  make_known(account, uid, now);
  used_bytes_ += content.size();
  const DeviceLetterIndex index{next_index_++};
  letters_.push_back(
      {index, std::move(account), std::move(uid), std::move(content), now, ReadMark::Unread});
  return index;
}

const DeviceLetter* DeviceStore::find(DeviceLetterIndex index) const {
  const auto found = position_of(letters_, index);
  return found == letters_.end() ? nullptr : &*found;
}

const DeviceLetter* DeviceStore::find(std::string_view account, const Uid& uid) const {
  const auto found = std::find_if(
      letters_.begin(), letters_.end(),
      [&](const DeviceLetter& letter) { return letter.account == account && letter.uid == uid; });
  return found == letters_.end() ? nullptr : &*found;
}

bool DeviceStore::mark_read(DeviceLetterIndex index) {
  const auto found = position_of(letters_, index);
  if (found == letters_.end()) return false;
  found->mark = ReadMark::Read;
  return true;
}

bool DeviceStore::remove(DeviceLetterIndex index) {
  const auto found = position_of(letters_, index);
  if (found == letters_.end()) return false;
  used_bytes_ -= found->content.size();
  letters_.erase(found);
  return true;
}

std::optional<DeviceFull> DeviceStore::add_sent(std::string account, Bytes content,
                                                VirtualTime now) {
  if (!would_fit(content.size())) return full(content.size());
  used_bytes_ += content.size();
  sent_.push_back({std::move(account), std::move(content), now});
  return std::nullopt;
}

// ---- Known UIDs ------------------------------------------------------------------------------

void DeviceStore::make_known(std::string_view account, const Uid& uid, VirtualTime now) {
  auto known = known_.find(account);
  if (known == known_.end()) known = known_.emplace(account, UidsOfAccount{}).first;
  known->second.emplace(uid, now);  // the first time stays
}

std::optional<VirtualTime> DeviceStore::first_seen(std::string_view account, const Uid& uid) const {
  const auto known = known_.find(account);
  if (known == known_.end()) return std::nullopt;
  const auto found = known->second.find(uid);
  if (found == known->second.end()) return std::nullopt;
  return found->second;
}

std::vector<KnownUid> DeviceStore::known_uids(std::string_view account) const {
  std::vector<KnownUid> uids;
  const auto known = known_.find(account);
  if (known == known_.end()) return uids;
  for (const auto& [uid, first_seen] : known->second) uids.push_back({uid, first_seen});
  return uids;
}

void DeviceStore::forget_all_but(std::string_view account, const std::vector<Uid>& on_server) {
  const auto known = known_.find(account);
  if (known == known_.end()) return;
  UidsOfAccount kept;
  for (const Uid& uid : on_server) {
    const auto found = known->second.find(uid);
    if (found != known->second.end()) kept.insert(*found);
  }
  known->second = std::move(kept);
}

}  // namespace mailwalk::store
