// Shared bytes: slices, copies, and who holds them last.
#include "base/bytes.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/catch.hpp"

using namespace mailwalk;

TEST_CASE("Bytes hold any octets, also none", "[base][bytes]") {
  CHECK(Bytes().empty());
  CHECK(Bytes("").view().empty());
  CHECK(Bytes("").slice(0, 0).empty());
  const std::string octets("a\0b\r\n\xff", 6);
  CHECK(Bytes(octets).view() == octets);
  CHECK(Bytes(octets).size() == 6);
  CHECK(Bytes(octets) == Bytes(octets));
  CHECK_FALSE(Bytes(octets) == Bytes("a"));
}

TEST_CASE("A slice of bytes shares their memory and outlives them", "[base][bytes]") {
  std::optional<Bytes> whole(Bytes("From: ani\r\n\r\nHai\r\n"));
  const char* begin = whole->view().data();
  const Bytes body = whole->slice(13, 5);
  const Bytes word = body.slice(0, 3);
  whole.reset();
  CHECK(body == "Hai\r\n");
  CHECK(word == "Hai");
  CHECK(word.view().data() == begin + 13);
}

TEST_CASE("Bytes can be copied, moved and assigned in any order", "[base][bytes]") {
  std::vector<Bytes> many;
  for (int i = 0; i < 100; ++i) many.emplace_back(std::to_string(i));
  std::vector<Bytes> copies = many;
  for (int i = 0; i < 100; ++i)
    many[static_cast<std::size_t>(i)] = copies[99 - static_cast<std::size_t>(i)];
  copies.clear();
  for (int i = 0; i < 100; ++i) CHECK(many[static_cast<std::size_t>(i)] == std::to_string(99 - i));
  Bytes& self = many.front();
  const Bytes& same = self;
  self = same;
  CHECK(self == "99");
  const Bytes moved = std::move(self);
  CHECK(moved == "99");
  CHECK(many.front().empty());
}
