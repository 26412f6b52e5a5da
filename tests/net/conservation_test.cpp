// Nothing is lost without a word: every octet that was sent was delivered or lost, once.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/prng.hpp"
#include "lab.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;
using journal::Fault;

namespace {

constexpr std::int64_t kRunUs = 2'000'000;

net::LinkFault random_fault(Prng& prng) {
  static constexpr Fault kKinds[] = {Fault::Refuse, Fault::Unreachable, Fault::Reset, Fault::Stall,
                                     Fault::Slow};
  net::LinkFault fault;
  fault.kind = kKinds[prng.below(5)];
  fault.a = NodeId{static_cast<std::uint32_t>(prng.between(1, 3))};
  fault.b = prng.chance(300) ? kNoNode : NodeId{fault.a.value() % 3 + 1};
  if (prng.chance(500)) fault.after_bytes = prng.below(3'000);
  fault.bytes_per_second = static_cast<std::uint64_t>(prng.between(100, 100'000));
  return fault;
}

// Machines that call, talk, hang up and break, at random moments, while faults come and go; in the
// end the faults are over and every connection is closed.
class Bustle {
 public:
  Bustle(Lab& lab, std::uint64_t seed) : lab_(lab), prng_(seed) {
    for (const NodeId node : {kAnn, kCid}) lab_.network.listen(node, kPort);
    for (Ear* ear : {&lab_.ann, &lab_.bob, &lab_.cid}) join(*ear);
    for (int i = 0; i < 150; ++i) {
      lab_.at(microseconds(prng_.between(0, kRunUs)), [this] { do_something(); });
    }
    lab_.at(microseconds(kRunUs + 1), [this] { tidy_up(); });
  }

 private:
  struct End {
    ConnectionId connection;
    NodeId node;
  };

  void join(Ear& ear) {
    const NodeId node = &ear == &lab_.ann ? kAnn : &ear == &lab_.bob ? kBob : kCid;
    ear.when_accepted = ear.when_connected = [this, node](ConnectionId c) {
      ends_.push_back({c, node});
      say_something(ends_.back());
    };
    ear.when_bytes = [this, node](ConnectionId c) {
      if (prng_.chance(100)) say_something({c, node});
      if (prng_.chance(20)) lab_.network.abort(c, node);
    };
    ear.when_closed = [this, node](ConnectionId c) {
      say_something({c, node});
      lab_.network.close(c, node);
    };
  }

  void say_something(End end) {
    const auto octets = static_cast<std::size_t>(prng_.between(1, 4'000));
    lab_.network.send(end.connection, end.node, Bytes(counted_text(octets)));
  }

  void call_somebody() {
    static constexpr IpAddress kAddresses[] = {kAnnAddress, kBobAddress, kCidAddress};
    const auto from = static_cast<std::uint32_t>(prng_.below(3));
    const IpAddress to = kAddresses[(from + 1 + prng_.below(2)) % 3];
    calls_.push_back(lab_.network.connect(NodeId{from + 1}, to, kPort));
  }

  void do_something() {
    if (ends_.empty() || prng_.chance(250)) return call_somebody();
    const End end = ends_[prng_.below(ends_.size())];
    switch (prng_.below(8)) {
      case 0: return lab_.network.close(end.connection, end.node);
      case 1: return lab_.network.abort(end.connection, end.node);
      case 2: return lab_.network.cut(calls_[prng_.below(calls_.size())]);
      case 3: return lab_.network.inject(random_fault(prng_));
      case 4: return clear_all();
      default: return say_something(end);
    }
  }

  void clear_all() {
    for (const NodeId node : {kAnn, kBob, kCid}) lab_.network.clear_faults(node, kNoNode);
  }

  void tidy_up() {
    clear_all();
    for (const End& end : ends_) lab_.network.close(end.connection, end.node);
  }

  Lab& lab_;
  Prng prng_;
  std::vector<ConnectionId> calls_;
  std::vector<End> ends_;
};

// For each BytesSent, how often each of its octets was delivered or lost.
struct Accounts {
  std::uint64_t sent = 0, delivered = 0, lost = 0;
  bool every_octet_once = true;
  bool delivered_in_order = true;
};

void count(std::vector<int>& octets, std::uint32_t offset, std::uint32_t size) {
  for (std::uint32_t i = 0; i < size; ++i) ++octets.at(offset + i);
}

Accounts settle(const journal::Journal& journal) {
  Accounts accounts;
  std::map<EventPosition, std::vector<int>> seen;
  std::map<std::pair<ConnectionId, NodeId>, std::pair<EventPosition, std::uint32_t>> last;
  for (const journal::Event& event : journal) {
    if (const auto* sent = journal::payload_if<journal::BytesSent>(event)) {
      seen[event.position].resize(sent->bytes.size());
      accounts.sent += sent->bytes.size();
    } else if (const auto* delivered = journal::payload_if<journal::BytesDelivered>(event)) {
      count(seen.at(delivered->sent), delivered->offset, delivered->size);
      accounts.delivered += delivered->size;
      auto& before = last[{event.connection, event.node}];
      const std::pair now{delivered->sent, delivered->offset + delivered->size};
      accounts.delivered_in_order &= before < now;
      before = now;
    } else if (const auto* lost = journal::payload_if<journal::BytesLost>(event)) {
      count(seen.at(lost->sent), lost->offset, lost->size);
      accounts.lost += lost->size;
    }
  }
  for (const auto& [position, octets] : seen) {
    for (const int times : octets) accounts.every_octet_once &= times == 1;
  }
  return accounts;
}

net::Link random_link(Prng& prng) {
  return {milliseconds(prng.between(1, 50)), static_cast<std::uint64_t>(prng.between(0, 1'000'000)),
          static_cast<std::uint32_t>(prng.between(1, 1'460)), net::Segmentation::Random};
}

std::string fingerprint_of(std::uint64_t scene_seed, std::uint64_t network_seed) {
  Prng prng(scene_seed);
  Lab lab(random_link(prng), network_seed);
  const Bustle bustle(lab, scene_seed);
  lab.run();
  return lab.journal.fingerprint();
}

}  // namespace

TEST_CASE("Every octet that was sent is delivered or lost, once, whatever breaks",
          "[net][faults][property]") {
  std::uint64_t delivered = 0;
  std::uint64_t lost = 0;
  for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(cases(100)); ++seed) {
    INFO("seed " << seed);
    Prng prng(seed);
    Lab lab(random_link(prng), seed);
    const Bustle bustle(lab, seed);
    lab.run();
    const Accounts accounts = settle(lab.journal);
    REQUIRE(accounts.sent == accounts.delivered + accounts.lost);
    REQUIRE(accounts.every_octet_once);
    REQUIRE(accounts.delivered_in_order);
    delivered += accounts.delivered;
    lost += accounts.lost;
  }
  // The runs are worth something only if much of both happens.
  const std::uint64_t much = cases(1'000'000);
  CHECK(delivered > much);
  CHECK(lost > much);
}

TEST_CASE("The same seed gives the same journal, another seed another one", "[net][property]") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    INFO("seed " << seed);
    CHECK(fingerprint_of(seed, 7) == fingerprint_of(seed, 7));
    CHECK(fingerprint_of(seed, 7) != fingerprint_of(seed, 8));
  }
}
