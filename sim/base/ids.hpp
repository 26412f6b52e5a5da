// Strong integer types: numbers that could be confused are different types.
#pragma once

#include <cstdint>
#include <functional>

namespace mailwalk {

// An integer that only compares with its own kind. Tag makes the kind; Rep is the representation.
template <class Tag, class Rep>
class StrongId {
 public:
  using Representation = Rep;

  constexpr StrongId() = default;
  constexpr explicit StrongId(Rep value) : value_(value) {}

  [[nodiscard]] constexpr Rep value() const { return value_; }

  friend constexpr auto operator<=>(StrongId, StrongId) = default;

 private:
  Rep value_ = 0;
};

// A machine of the network: 1, 2, 3 … in the order of the scenario. 0 is "no machine" (the world
// itself).
using NodeId = StrongId<struct NodeIdTag, std::uint32_t>;
inline constexpr NodeId kNoNode{};

// A stream connection: 1, 2, 3 … in the order of the attempts. 0 is "no connection".
using ConnectionId = StrongId<struct ConnectionIdTag, std::uint32_t>;
inline constexpr ConnectionId kNoConnection{};

// The place of an event in its journal: 0, 1, 2 …
using EventPosition = StrongId<struct EventPositionTag, std::uint64_t>;
inline constexpr EventPosition kNoEvent{~std::uint64_t{0}};

// A TCP or UDP port.
using Port = StrongId<struct PortTag, std::uint16_t>;
inline constexpr Port kSmtpPort{25};
inline constexpr Port kDnsPort{53};
inline constexpr Port kPop3Port{110};
inline constexpr Port kSubmissionsPort{465};  // TLS from the first octet (RFC 8314)
inline constexpr Port kSubmissionPort{587};
inline constexpr Port kPop3sPort{995};  // TLS from the first octet (RFC 8314)

}  // namespace mailwalk

template <class Tag, class Rep>
struct std::hash<mailwalk::StrongId<Tag, Rep>> {
  std::size_t operator()(mailwalk::StrongId<Tag, Rep> id) const noexcept {
    return std::hash<Rep>{}(id.value());
  }
};
