// Callers from outside whose turn has not come: whoever calls a thousand times waits behind
// himself, and not in front of others.
#pragma once

#include <cstddef>
#include <deque>
#include <map>

#include "base/ip_address.hpp"
#include "net/sockets.hpp"

namespace mailwalk::net {

struct WaitingCaller {
  ListenerId at;
  SocketId socket;
  IpAddress address;
};

class WaitingRoom {
 public:
  [[nodiscard]] bool empty() const { return turns_.empty(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t size_from(IpAddress address) const {
    const auto found = waiting_.find(address);
    return found == waiting_.end() ? 0 : found->second.size();
  }

  void add(const WaitingCaller& caller) {
    std::deque<WaitingCaller>& before = waiting_[caller.address];
    if (before.empty()) turns_.push_back(caller.address);
    before.push_back(caller);
    ++size_;
  }

  // The one who has waited longest, of the address whose turn it is: they take turns. REQUIRES that
  // somebody waits.
  WaitingCaller next() {
    const auto found = waiting_.find(turns_.front());
    turns_.pop_front();
    const WaitingCaller caller = found->second.front();
    found->second.pop_front();
    if (found->second.empty()) {
      waiting_.erase(found);
    } else {
      turns_.push_back(caller.address);
    }
    --size_;
    return caller;
  }

 private:
  std::map<IpAddress, std::deque<WaitingCaller>> waiting_;  // none is empty
  std::deque<IpAddress> turns_;                             // each of these addresses once
  std::size_t size_ = 0;
};

}  // namespace mailwalk::net
