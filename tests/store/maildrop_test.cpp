#include "store/maildrop.hpp"

#include <set>

#include "base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::store;

namespace {

Uid delivered(Maildrop& drop, std::string_view content, VirtualTime now = {}) {
  const auto result = drop.deliver(Bytes(content), now);
  REQUIRE(std::holds_alternative<Uid>(result));
  return std::get<Uid>(result);
}

}  // namespace

TEST_CASE("Letters lie in the order of their arrival, each under its own UID",
          "[store][maildrop][P27]") {
  Maildrop drop("budi", 0, 7);
  const Uid first = delivered(drop, "same");
  const Uid second = delivered(drop, "same", VirtualTime{} + seconds(5));
  CHECK_FALSE(first == second);
  CHECK(drop.owner() == "budi");
  REQUIRE(drop.messages().size() == 2);
  CHECK(drop.messages()[0].uid == first);
  CHECK(drop.messages()[1].arrived_at == VirtualTime{} + seconds(5));
  REQUIRE(drop.find(second) != nullptr);
  CHECK(drop.find(second)->content == "same");
  CHECK(drop.used_bytes() == 8);
}

TEST_CASE("A UID is never given again, neither in this maildrop nor in one made anew",
          "[store][maildrop][P23][P26]") {
  Maildrop drop("budi", 0, 1);
  std::set<std::string> seen;
  for (int round = 0; round < 100; ++round) {
    const Uid uid = delivered(drop, "x");
    CHECK(seen.insert(uid.text()).second);
    CHECK(drop.expunge({uid}) == 1);
    CHECK(drop.find(uid) == nullptr);
  }
  Maildrop anew("budi", 0, 2);
  CHECK(seen.count(delivered(anew, "x").text()) == 0);
}

TEST_CASE("The quota is exact, and room that is freed can be used", "[store][maildrop]") {
  Maildrop drop("budi", 10);
  const Uid first = delivered(drop, "123456");
  CHECK(drop.has_room_for(4));
  CHECK_FALSE(drop.has_room_for(5));
  const auto refused = drop.deliver(Bytes("12345"), VirtualTime{});
  REQUIRE(std::holds_alternative<OverQuota>(refused));
  CHECK(std::get<OverQuota>(refused).letter_bytes == 5);
  CHECK(std::get<OverQuota>(refused).used_bytes == 6);
  CHECK(std::get<OverQuota>(refused).quota_bytes == 10);
  CHECK(drop.messages().size() == 1);
  delivered(drop, "1234");
  CHECK(drop.used_bytes() == 10);
  CHECK(drop.has_room_for(0));
  CHECK_FALSE(drop.has_room_for(1));
  drop.expunge({first});
  CHECK(drop.used_bytes() == 4);
  CHECK(drop.has_room_for(6));

  drop.set_quota_bytes(3);  // below what is used
  CHECK_FALSE(drop.has_room_for(0));
  drop.set_quota_bytes(0);  // none
  CHECK(drop.has_room_for(~std::uint64_t{0}));
}

TEST_CASE("Expunging removes those that are there and leaves the others in order",
          "[store][maildrop]") {
  Maildrop drop("budi", 0);
  std::vector<Uid> uids;
  for (const char* content : {"a", "bb", "ccc", "dddd"}) uids.push_back(delivered(drop, content));
  CHECK(drop.expunge({}) == 0);
  CHECK(drop.expunge({uids[3], uids[1], Uid(99, 9), uids[1]}) == 2);
  REQUIRE(drop.messages().size() == 2);
  CHECK(drop.messages()[0].uid == uids[0]);
  CHECK(drop.messages()[1].uid == uids[2]);
  CHECK(drop.used_bytes() == 4);
  CHECK(drop.expunge({uids[1]}) == 0);
}

TEST_CASE("One connection holds the lock, and only it lets go", "[store][maildrop][P29][P30]") {
  constexpr ConnectionId kFirst{1}, kSecond{2};
  Maildrop drop("budi", 0);
  CHECK_FALSE(drop.lock_holder());
  CHECK(drop.lock(kFirst) == LockResult::Locked);
  CHECK(drop.lock(kFirst) == LockResult::Locked);
  CHECK(drop.lock(kSecond) == LockResult::InUse);
  CHECK(drop.lock_holder() == kFirst);
  drop.unlock(kSecond);
  CHECK(drop.lock_holder() == kFirst);
  delivered(drop, "arrives all the same");
  CHECK(drop.messages().size() == 1);
  drop.unlock(kFirst);
  CHECK_FALSE(drop.lock_holder());
  CHECK(drop.lock(kSecond) == LockResult::Locked);
}

TEST_CASE("Over random deliveries and removals, used bytes are those that lie there",
          "[store][maildrop][random]") {
  Prng prng(3);
  Maildrop drop("budi", 500);
  for (int i = 0; i < 3'000; ++i) {
    if (prng.chance(600)) {
      const auto size = static_cast<std::size_t>(prng.below(80));
      const bool fits = drop.has_room_for(size);
      const auto result = drop.deliver(Bytes(std::string(size, 'x')), VirtualTime{i});
      REQUIRE(std::holds_alternative<Uid>(result) == fits);
    } else if (!drop.messages().empty()) {
      const std::size_t place = static_cast<std::size_t>(prng.below(drop.messages().size()));
      REQUIRE(drop.expunge({drop.messages()[place].uid}) == 1);
    }
    std::uint64_t sum = 0;
    for (const StoredLetter& letter : drop.messages()) sum += letter.content.size();
    REQUIRE(drop.used_bytes() == sum);
    REQUIRE(sum <= 500);
  }
}

TEST_CASE("Ten thousand letters are expunged in one go", "[store][maildrop][big]") {
  Maildrop drop("budi", 0);
  std::vector<Uid> odd;
  for (int i = 0; i < 10'000; ++i) {
    const Uid uid = delivered(drop, "letter");
    if (i % 2 == 1) odd.push_back(uid);
  }
  CHECK(drop.expunge(odd) == 5'000);
  CHECK(drop.messages().size() == 5'000);
  CHECK(drop.used_bytes() == 30'000);
}
