#include "store/device_store.hpp"

#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::store;

namespace {

const std::string kAccount = "budi@kantor";
const Uid kFirstUid = Uid::parse("aa").value();
const Uid kSecondUid = Uid::parse("bb").value();

DeviceLetterIndex added(DeviceStore& store, const Uid& uid, std::string_view content,
                        VirtualTime now = {}, const std::string& account = kAccount) {
  const auto result = store.add(account, uid, Bytes(content), now);
  REQUIRE(std::holds_alternative<DeviceLetterIndex>(result));
  return std::get<DeviceLetterIndex>(result);
}

}  // namespace

TEST_CASE("A device keeps letters by its own index, unread at first", "[store][device]") {
  DeviceStore store(0);
  const auto first = added(store, kFirstUid, "one", VirtualTime{5});
  const auto second = added(store, kSecondUid, "two");
  CHECK(first == DeviceLetterIndex{1});
  CHECK(second == DeviceLetterIndex{2});
  REQUIRE(store.find(first) != nullptr);
  CHECK(store.find(first)->content == "one");
  CHECK(store.find(first)->account == kAccount);
  CHECK(store.find(first)->stored_at == VirtualTime{5});
  CHECK(store.find(first)->mark == ReadMark::Unread);
  CHECK(store.mark_read(first));
  CHECK(store.find(first)->mark == ReadMark::Read);
  CHECK(store.find(second)->mark == ReadMark::Unread);
  CHECK(store.find(kAccount, kSecondUid) == store.find(second));
  CHECK(store.find("another", kSecondUid) == nullptr);
  CHECK_FALSE(store.mark_read(DeviceLetterIndex{3}));
  CHECK_FALSE(store.mark_read(DeviceLetterIndex{0}));
}

TEST_CASE("An index is never given again", "[store][device]") {
  DeviceStore store(0);
  const auto first = added(store, kFirstUid, "one");
  const auto second = added(store, kSecondUid, "two");
  CHECK(store.remove(second));
  CHECK_FALSE(store.remove(second));
  CHECK(store.find(second) == nullptr);
  CHECK(added(store, kSecondUid, "two") == DeviceLetterIndex{3});
  CHECK(store.remove(first));
  REQUIRE(store.letters().size() == 1);
  CHECK(store.find(DeviceLetterIndex{3}) == &store.letters()[0]);
}

TEST_CASE("The capacity is exact and counts sent copies", "[store][device]") {
  DeviceStore store(10);
  const auto first = added(store, kFirstUid, "1234");
  CHECK_FALSE(store.add_sent(kAccount, Bytes("12"), VirtualTime{9}));
  CHECK(store.used_bytes() == 6);
  CHECK(store.would_fit(4));
  CHECK_FALSE(store.would_fit(5));

  const auto refused = store.add(kAccount, kSecondUid, Bytes("12345"), VirtualTime{});
  REQUIRE(std::holds_alternative<DeviceFull>(refused));
  CHECK(std::get<DeviceFull>(refused).letter_bytes == 5);
  CHECK(std::get<DeviceFull>(refused).used_bytes == 6);
  CHECK(std::get<DeviceFull>(refused).capacity_bytes == 10);
  CHECK_FALSE(store.first_seen(kAccount, kSecondUid));
  CHECK(store.add_sent(kAccount, Bytes("12345"), VirtualTime{}));
  REQUIRE(store.sent().size() == 1);
  CHECK(store.sent()[0].sent_at == VirtualTime{9});
  CHECK(store.sent()[0].content == "12");

  CHECK(store.remove(first));
  CHECK(store.used_bytes() == 2);
  CHECK(store.would_fit(8));
  store.set_capacity_bytes(1);
  CHECK_FALSE(store.would_fit(0));
  store.set_capacity_bytes(0);
  CHECK(store.would_fit(~std::uint64_t{0}));
}

TEST_CASE("A known UID outlives its letter and keeps the time at which it was first seen",
          "[store][device]") {
  DeviceStore store(0);
  store.make_known(kAccount, kFirstUid, VirtualTime{} + days(1));
  const auto index = added(store, kFirstUid, "one", VirtualTime{} + days(2));
  CHECK(store.first_seen(kAccount, kFirstUid) == VirtualTime{} + days(1));
  CHECK(store.remove(index));
  CHECK(store.first_seen(kAccount, kFirstUid) == VirtualTime{} + days(1));
  CHECK_FALSE(store.first_seen(kAccount, kSecondUid));
  CHECK_FALSE(store.first_seen("another", kFirstUid));

  added(store, kSecondUid, "two", VirtualTime{} + days(3));
  CHECK(store.first_seen(kAccount, kSecondUid) == VirtualTime{} + days(3));
}

TEST_CASE("Known UIDs are kept per account, sorted, and forgotten when the server has them no more",
          "[store][device]") {
  DeviceStore store(0);
  store.make_known(kAccount, kSecondUid, VirtualTime{2});
  store.make_known(kAccount, kFirstUid, VirtualTime{1});
  store.make_known("other", kFirstUid, VirtualTime{3});
  const auto known = store.known_uids(kAccount);
  REQUIRE(known.size() == 2);
  CHECK(known[0].uid == kFirstUid);
  CHECK(known[1].uid == kSecondUid);
  CHECK(store.known_uids("nobody").empty());

  store.forget_all_but(kAccount, {kSecondUid, Uid::parse("never-seen").value()});
  REQUIRE(store.known_uids(kAccount).size() == 1);
  CHECK(store.known_uids(kAccount)[0].uid == kSecondUid);
  CHECK(store.known_uids(kAccount)[0].first_seen == VirtualTime{2});
  CHECK(store.known_uids("other").size() == 1);
  store.forget_all_but("nobody", {});
  store.forget_all_but(kAccount, {});
  CHECK(store.known_uids(kAccount).empty());
}
