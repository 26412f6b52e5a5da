#include "net/waiting_room.hpp"

#include <string>

#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::net;

namespace {

constexpr IpAddress kMany{0x7F000101}, kOne{0x7F000102}, kOther{0x7F000103};

// "1 2 3": the sockets of those who wait, in the order in which they come in.
std::string order_of(WaitingRoom room) {
  std::string order;
  while (!room.empty()) {
    order += (order.empty() ? "" : " ") + std::to_string(room.next().socket.value());
  }
  return order;
}

WaitingCaller caller(std::uint64_t socket, IpAddress address) {
  return {ListenerId{1}, SocketId{socket}, address};
}

}  // namespace

TEST_CASE("Callers from one address come in as they called", "[net][visitor]") {
  WaitingRoom room;
  CHECK(room.empty());
  for (std::uint64_t i = 1; i <= 4; ++i) room.add(caller(i, kMany));
  CHECK(room.size() == 4);
  CHECK(room.size_from(kMany) == 4);
  CHECK(room.size_from(kOne) == 0);
  CHECK(order_of(room) == "1 2 3 4");
}

TEST_CASE("Addresses from which somebody calls take turns", "[net][visitor]") {
  WaitingRoom room;
  for (std::uint64_t i = 1; i <= 4; ++i) room.add(caller(i, kMany));
  room.add(caller(5, kOne));
  room.add(caller(6, kOther));
  room.add(caller(7, kOther));
  CHECK(order_of(room) == "1 5 6 2 7 3 4");
  CHECK(room.next().socket == SocketId{1});
  room.add(caller(8, kOne));
  CHECK(order_of(room) == "5 6 2 8 7 3 4");
  while (!room.empty()) room.next();
  CHECK(room.size() == 0);
  CHECK(room.size_from(kMany) == 0);
}
