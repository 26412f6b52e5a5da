// Faults on connections that stand: cuts, stalls, slow lines.
#include <cstdint>
#include <functional>

#include "lab.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;
using journal::Fault;

namespace {

using Notes = std::vector<std::string>;

net::LinkFault fault(Fault kind, std::uint64_t after_bytes = 0) {
  net::LinkFault fault;
  fault.kind = kind;
  fault.a = kAnn;
  fault.b = kBob;
  fault.after_bytes = after_bytes;
  return fault;
}

std::function<void(ConnectionId)> sending(Lab& lab, NodeId from, std::size_t octets) {
  return [&lab, from, octets](ConnectionId c) {
    lab.network.send(c, from, Bytes(counted_text(octets)));
  };
}

}  // namespace

TEST_CASE("A line that breaks after n octets has carried n and no more", "[net][faults]") {
  for (const std::uint64_t octets : {1U, 7U, 999U, 1'000U, 1'001U, 2'500U, 4'999U, 5'000U}) {
    INFO("after " << octets << " octets of 5000");
    Lab lab(microsecond_link());
    lab.network.inject(fault(Fault::Reset, octets));
    lab.ann.when_connected = sending(lab, kAnn, 5'000);
    const ConnectionId call = lab.call();
    lab.run();
    CHECK(lab.bob.heard[call] == counted_text(octets));
    CHECK(lab.sums(call).delivered == octets);
    CHECK(lab.sums(call).lost == 5'000 - octets);
    CHECK_THAT(lab.ann.notes.back(), ContainsSubstring("reset 1"));
    CHECK_THAT(lab.bob.notes.back(), ContainsSubstring("reset 1"));
  }
}

TEST_CASE("A line that carries less than n octets does not break", "[net][faults]") {
  Lab lab(microsecond_link());
  lab.network.inject(fault(Fault::Reset, 5'001));
  lab.ann.when_connected = sending(lab, kAnn, 5'000);
  const ConnectionId call = lab.call();
  lab.run();
  CHECK(lab.sums(call).delivered == 5'000);
  CHECK(lab.bob.notes == Notes{"20000 accepted 1"});
}

TEST_CASE("The octets of both directions are counted together, also in the same moment",
          "[net][faults]") {
  Lab lab(microsecond_link());
  lab.network.inject(fault(Fault::Reset, 1'000));
  lab.ann.when_connected = sending(lab, kAnn, 1'000);
  const ConnectionId call = lab.call();
  lab.at(milliseconds(40), [&] { lab.network.send(call, kBob, Bytes(counted_text(1'000))); });
  lab.run();
  CHECK(lab.sums(call).delivered == 1'000);
  CHECK(lab.sums(call).lost == 1'000);
}

TEST_CASE("Octets that a connection has carried before count when a line is made to break",
          "[net][faults]") {
  Lab lab(microsecond_link());
  lab.ann.when_connected = sending(lab, kAnn, 2'000);
  const ConnectionId call = lab.call();
  lab.at(milliseconds(100), [&] { lab.network.inject(fault(Fault::Reset, 1'500)); });
  lab.run();
  CHECK(lab.sums(call).delivered == 2'000);
  CHECK(lab.bob.notes.back() == "100000 reset 1");
}

TEST_CASE("A cut is felt at both ends at once, and what is under way is lost", "[net][faults]") {
  Lab lab(microsecond_link());
  lab.ann.when_connected = sending(lab, kAnn, 3'000);
  const ConnectionId call = lab.call();
  lab.at(microseconds(61'500), [&] { lab.network.inject(fault(Fault::Reset)); });
  lab.run();
  CHECK(lab.ann.notes == Notes{"40000 connected 1", "61500 reset 1"});
  CHECK(lab.bob.notes == Notes{"20000 accepted 1", "61500 reset 1"});
  CHECK(lab.bob.heard[call] == counted_text(1'000));
  CHECK(lab.sums(call).lost == 2'000);
}

TEST_CASE("A cut without octets does not stay", "[net][faults]") {
  Lab lab(microsecond_link());
  lab.network.inject(fault(Fault::Reset));
  lab.ann.when_connected = sending(lab, kAnn, 10);
  const ConnectionId call = lab.call();
  lab.run();
  CHECK(lab.sums(call).delivered == 10);
}

TEST_CASE("A stalled line holds back what has not left, and goes on from there", "[net][faults]") {
  struct Row {
    const char* what;
    Fault kind;
    std::uint64_t after_bytes;
    std::size_t before;  // octets that arrive before the line stands still
  };
  const std::vector<Row> rows = {
      {"from the moment on", Fault::Stall, 0, 1'000},
      {"after octets", Fault::Stall, 700, 700},
      {"no way leads there any more", Fault::Unreachable, 0, 1'000},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Lab lab(microsecond_link());
    lab.ann.when_connected = [&](ConnectionId c) {
      if (row.after_bytes > 0) lab.network.inject(fault(row.kind, row.after_bytes));
      lab.network.send(c, kAnn, Bytes(counted_text(3'000)));
      lab.network.close(c, kAnn);
      if (row.after_bytes == 0) lab.network.inject(fault(row.kind));  // one segment has left
    };
    const ConnectionId call = lab.call();
    lab.run_until(seconds(10));
    CHECK(lab.bob.heard[call] == counted_text(row.before));
    CHECK(lab.bob.notes == Notes{"20000 accepted 1"});
    lab.at(seconds(20), [&] { lab.network.clear_faults(kAnn, kBob); });
    lab.run();
    CHECK(lab.bob.heard[call] == counted_text(3'000));
    CHECK(lab.sums(call).lost == 0);
    // What was held back takes its time on the line again.
    const auto rest = static_cast<std::int64_t>(3'000 - row.before);
    CHECK(lab.bob.pieces[call].back().time == VirtualTime{20'020'000 + rest});
  }
}

TEST_CASE("A stall that lasts for a time ends by itself", "[net][faults]") {
  Lab lab(microsecond_link());
  net::LinkFault stall = fault(Fault::Stall);
  stall.until = VirtualTime{} + seconds(5);
  lab.at(milliseconds(41), [&] { lab.network.inject(stall); });
  const ConnectionId call = lab.call();
  lab.at(milliseconds(50), [&] { lab.network.send(call, kAnn, Bytes("ten octets")); });
  lab.run();
  CHECK(lab.bob.heard[call] == "ten octets");
  CHECK(lab.bob.pieces[call].back().time == VirtualTime{5'020'010});
}

TEST_CASE("A stalled line can be cut", "[net][faults]") {
  Lab lab(microsecond_link());
  lab.ann.when_connected = [&](ConnectionId c) {
    lab.network.inject(fault(Fault::Stall));
    lab.network.send(c, kAnn, Bytes("never"));
  };
  const ConnectionId call = lab.call();
  lab.at(seconds(1), [&] { lab.network.cut(call); });
  lab.run();
  CHECK(lab.sums(call).lost == 5);
  CHECK(lab.ann.notes.back() == "1000000 reset 1");
  CHECK(lab.bob.notes.back() == "1000000 reset 1");
}

TEST_CASE("A slow line is as slow as it was said to be", "[net][faults]") {
  Lab lab(microsecond_link());
  net::LinkFault slow = fault(Fault::Slow);
  slow.bytes_per_second = 100;
  lab.network.inject(slow);
  lab.ann.when_connected = sending(lab, kAnn, 50);
  const ConnectionId call = lab.call();
  lab.run();
  CHECK(lab.bob.pieces[call].back().time == VirtualTime{560'000});  // 40 ms + 500 ms + 20 ms
}

TEST_CASE("To clear the faults between two machines leaves those of others", "[net][faults]") {
  Lab lab(microsecond_link());
  net::LinkFault everywhere = fault(Fault::Refuse);
  everywhere.a = kBob;
  everywhere.b = kNoNode;
  lab.network.inject(everywhere);
  lab.network.inject(fault(Fault::Refuse));
  lab.network.clear_faults(kAnn, kBob);
  lab.call();
  lab.run();
  CHECK(lab.ann.notes == Notes{"40000 refused 1"});
  lab.network.clear_faults(kBob, kNoNode);
  lab.call();
  lab.run();
  CHECK(lab.ann.notes.back() == "80000 connected 2");
}
