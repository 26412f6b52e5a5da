// Streams: when octets arrive, how they are cut, how a connection ends in order.
#include <algorithm>
#include <cstdint>
#include <utility>

#include "lab.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

using Notes = std::vector<std::string>;

std::vector<std::pair<std::int64_t, std::size_t>> times_and_sizes(
    const std::vector<Ear::Piece>& pieces) {
  std::vector<std::pair<std::int64_t, std::size_t>> list;
  for (const Ear::Piece& piece : pieces) list.emplace_back(piece.time.us, piece.octets);
  return list;
}

}  // namespace

TEST_CASE("Octets arrive after their time on the line and the latency", "[net]") {
  struct Row {
    const char* what;
    std::uint64_t bytes_per_second;
    std::uint32_t segment_bytes;
    std::size_t octets;
    std::vector<std::pair<std::int64_t, std::size_t>> arrivals;  // since the call, in us
  };
  // The line stands after 40 ms, and another 20 ms are the latency.
  const std::vector<Row> rows = {
      {"one octet", 1'000'000, 1'000, 1, {{60'001, 1}}},
      {"one segment", 1'000'000, 1'000, 1'000, {{61'000, 1'000}}},
      {"one octet more", 1'000'000, 1'000, 1'001, {{61'000, 1'000}, {61'001, 1}}},
      {"three segments",
       1'000'000,
       1'000,
       3'000,
       {{61'000, 1'000}, {62'000, 1'000}, {63'000, 1'000}}},
      {"a modem", 5'600, 1'460, 1'400, {{310'000, 1'400}}},
      {"no limit", 0, 1'000, 2'000, {{60'000, 1'000}, {60'000, 1'000}}},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Lab lab({milliseconds(20), row.bytes_per_second, row.segment_bytes, net::Segmentation::Full});
    lab.ann.when_connected = [&](ConnectionId c) {
      lab.network.send(c, kAnn, Bytes(counted_text(row.octets)));
    };
    const ConnectionId call = lab.call();
    lab.run();
    CHECK(times_and_sizes(lab.bob.pieces[call]) == row.arrivals);
    CHECK(lab.bob.heard[call] == counted_text(row.octets));
  }
}

TEST_CASE("Connections between the same machines share the line, each direction for itself",
          "[net]") {
  Lab lab(microsecond_link());
  const auto send = [&](ConnectionId c) { lab.network.send(c, kAnn, Bytes(counted_text(1'000))); };
  lab.ann.when_connected = send;
  lab.bob.when_bytes = [&](ConnectionId c) { lab.network.send(c, kBob, Bytes("ok")); };
  const ConnectionId first = lab.call();
  const ConnectionId second = lab.call();
  lab.run();
  CHECK(lab.bob.pieces[first].front().time == VirtualTime{61'000});
  CHECK(lab.bob.pieces[second].front().time == VirtualTime{62'000});
  CHECK(lab.ann.pieces[first].front().time == VirtualTime{81'002});
  CHECK(lab.ann.pieces[second].front().time == VirtualTime{82'002});
}

TEST_CASE("A line of its own has its own speed, in both directions", "[net]") {
  Lab lab(microsecond_link());
  lab.network.set_link(kBob, kAnn, {milliseconds(5), 1'000, 100, net::Segmentation::Full});
  lab.ann.when_connected = [&](ConnectionId c) { lab.network.send(c, kAnn, Bytes("ten octets")); };
  const ConnectionId call = lab.call();
  lab.run();
  // 5 ms each way, then 10 octets of 1 ms each and another 5 ms.
  CHECK(times_and_sizes(lab.bob.pieces[call]) ==
        std::vector<std::pair<std::int64_t, std::size_t>>{{25'000, 10}});
}

TEST_CASE("A stream arrives whole, wherever it is cut", "[net][property]") {
  const std::string text = counted_text(3'000);
  for (std::uint32_t segment_bytes = 1; segment_bytes <= 1'460;
       segment_bytes += 1 + segment_bytes / 3) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      INFO("random segments of up to " << segment_bytes << " octets, seed " << seed);
      Lab lab({milliseconds(1), 1'000'000, segment_bytes, net::Segmentation::Random}, seed);
      // What is sent at once and what is sent a little later must not change places.
      lab.ann.when_connected = [&](ConnectionId c) {
        lab.network.send(c, kAnn, Bytes(text.substr(0, 10)));
        lab.network.send(c, kAnn, Bytes(text.substr(10, 1'000)));
      };
      const ConnectionId call = lab.call();
      lab.at(milliseconds(3), [&] { lab.network.send(call, kAnn, Bytes(text.substr(1'010))); });
      lab.run();
      const bool whole = lab.bob.heard[call] == text;
      REQUIRE(whole);
      const auto& pieces = lab.bob.pieces[call];
      const bool within = std::all_of(pieces.begin(), pieces.end(), [&](const Ear::Piece& piece) {
        return piece.octets >= 1 && piece.octets <= segment_bytes;
      });
      REQUIRE(within);
    }
  }
}

TEST_CASE("The end of a stream arrives after all that was sent before", "[net]") {
  Lab lab(microsecond_link());
  lab.ann.when_connected = [&](ConnectionId c) {
    lab.network.send(c, kAnn, Bytes(counted_text(2'500)));
    lab.network.close(c, kAnn);
    lab.network.send(c, kAnn, Bytes("too late"));
    lab.network.close(c, kAnn);
  };
  lab.bob.when_closed = [&](ConnectionId c) {
    CHECK(lab.bob.heard[c].size() == 2'500);
    lab.network.close(c, kBob);
  };
  const ConnectionId call = lab.call();
  lab.run();
  CHECK(lab.bob.notes == Notes{"20000 accepted 1", "62500 closed 1"});
  CHECK(lab.ann.notes == Notes{"40000 connected 1"});  // after its close() it is told nothing more
  CHECK(lab.sums(call).sent == 2'500);
  CHECK(lab.sums(call).delivered == 2'500);
}

TEST_CASE("What is sent to an end that has closed is lost, and counted so", "[net]") {
  Lab lab(microsecond_link());
  lab.bob.when_accepted = [&](ConnectionId c) { lab.network.close(c, kBob); };
  lab.ann.when_closed = [&](ConnectionId c) {
    lab.network.send(c, kAnn, Bytes("hello?"));
    lab.network.close(c, kAnn);
  };
  const ConnectionId call = lab.call();
  lab.run();
  CHECK(lab.ann.notes == Notes{"40000 connected 1", "40000 closed 1"});
  CHECK(lab.sums(call).lost == 6);
  CHECK(lab.sums(call).delivered == 0);
}

TEST_CASE("An abort loses what is under way from there, and the other side learns of a reset",
          "[net]") {
  Lab lab(microsecond_link());
  lab.ann.when_connected = [&](ConnectionId c) {
    lab.network.send(c, kAnn, Bytes(counted_text(2'000)));
  };
  const ConnectionId call = lab.call();
  lab.at(microseconds(61'500), [&] { lab.network.abort(call, kAnn); });
  lab.run();
  CHECK(lab.bob.notes == Notes{"20000 accepted 1", "81500 reset 1"});
  CHECK(lab.sums(call).delivered == 1'000);
  CHECK(lab.sums(call).lost == 1'000);
}

TEST_CASE("Whatever a machine does about a reset, nothing leaves on that connection", "[net]") {
  Lab lab(microsecond_link());
  const auto protest = [&](NodeId node) {
    return [&lab, node](ConnectionId c) {
      lab.network.send(c, node, Bytes("but"));
      lab.network.close(c, node);
    };
  };
  lab.ann.when_closed = protest(kAnn);
  lab.bob.when_closed = protest(kBob);
  const ConnectionId call = lab.call();
  lab.at(milliseconds(50), [&] { lab.network.cut(call); });
  lab.run();
  CHECK(lab.ann.notes == Notes{"40000 connected 1", "50000 reset 1"});
  CHECK(lab.bob.notes == Notes{"20000 accepted 1", "50000 reset 1"});
  CHECK(lab.sums(call).sent == 0);
}
