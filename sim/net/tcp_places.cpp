#include "net/tcp_places.hpp"

namespace mailwalk::net {
namespace {

constexpr std::uint32_t kLoopback = 127u << 24;
constexpr std::uint32_t kHostBits = 0x00FFFFFF;
constexpr std::uint32_t kOthersBits = 0xFF;           // 127.0.0.x
constexpr std::uint32_t kInsteadOfThem = 0x00FF0000;  // 127.255.0.x

}  // namespace

IpAddress LoopbackAddresses::add(IpAddress in_scenario) {
  std::uint32_t host = in_scenario.value & kHostBits;
  if (host <= kOthersBits) host |= kInsteadOfThem;
  while (!taken_.insert({kLoopback | host}).second) {
    host = (host + 1) & kHostBits;
    if (host <= kOthersBits) host |= kInsteadOfThem;
  }
  return {kLoopback | host};
}

}  // namespace mailwalk::net
