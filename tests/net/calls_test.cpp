// From connect() to a connection that stands, or to the reason why there is none.
#include "lab.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;
using journal::Fault;

namespace {

using Notes = std::vector<std::string>;

net::LinkFault fault_at_bob(Fault kind) {
  net::LinkFault fault;
  fault.kind = kind;
  fault.a = kBob;
  return fault;
}

}  // namespace

TEST_CASE("A connection stands after one round trip, and the server knows first", "[net]") {
  Lab lab(microsecond_link());
  lab.call();
  lab.run();
  CHECK(lab.bob.notes == Notes{"20000 accepted 1"});
  CHECK(lab.ann.notes == Notes{"40000 connected 1"});
}

TEST_CASE("A call fails in the way and at the time in which calls fail", "[net][faults]") {
  struct Row {
    const char* what;
    std::optional<Fault> fault;
    IpAddress to;
    Port port;
    const char* note;
  };
  const std::vector<Row> rows = {
      {"nobody listens on the port", {}, kBobAddress, Port{26}, "40000 refused 1"},
      {"refused by a fault", Fault::Refuse, kBobAddress, kPort, "40000 refused 1"},
      {"nobody has the address", {}, kNobodysAddress, kPort, "20000 unreachable 1"},
      {"no way leads there", Fault::Unreachable, kBobAddress, kPort, "20000 unreachable 1"},
      {"no answer", Fault::Stall, kBobAddress, kPort, "30000000 timed out 1"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Lab lab(microsecond_link());
    if (row.fault) lab.network.inject(fault_at_bob(*row.fault));
    lab.network.connect(kAnn, row.to, row.port);
    lab.run();
    CHECK(lab.ann.notes == Notes{row.note});
    CHECK(lab.bob.notes.empty());
  }
}

TEST_CASE("A fault concerns its machines, its port and its time only", "[net][faults]") {
  struct Row {
    const char* what;
    NodeId a, b;
    std::optional<Port> port;
    Duration lasts;
    bool refused;
  };
  const std::vector<Row> rows = {
      {"both ends", kAnn, kBob, {}, {}, true},
      {"both ends, the other way round", kBob, kAnn, {}, {}, true},
      {"everything at one end", kAnn, kNoNode, {}, {}, true},
      {"somebody else", kBob, kCid, {}, {}, false},
      {"its port", kAnn, kBob, kPort, {}, true},
      {"another port", kAnn, kBob, Port{110}, {}, false},
      {"while the call arrives", kAnn, kBob, {}, milliseconds(21), true},
      {"over before the call arrives", kAnn, kBob, {}, milliseconds(20), false},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Lab lab(microsecond_link());
    net::LinkFault fault;
    fault.kind = Fault::Refuse;
    fault.a = row.a;
    fault.b = row.b;
    fault.port = row.port;
    if (row.lasts.us > 0) fault.until = VirtualTime{} + row.lasts;
    lab.network.inject(fault);
    lab.call();
    lab.run();
    CHECK(lab.ann.notes == Notes{row.refused ? "40000 refused 1" : "40000 connected 1"});
  }
}

TEST_CASE("A fault that waits for octets lets a connection come to be", "[net][faults]") {
  for (const Fault kind : {Fault::Stall, Fault::Reset}) {
    Lab lab(microsecond_link());
    net::LinkFault fault = fault_at_bob(kind);
    fault.after_bytes = 1;
    lab.network.inject(fault);
    lab.call();
    lab.run();
    CHECK(lab.ann.notes == Notes{"40000 connected 1"});
  }
}

TEST_CASE("A caller whose line is cut before it has its answer hears that the call failed",
          "[net][faults]") {
  struct Row {
    const char* what;
    Duration at;
    Notes bob;
  };
  const std::vector<Row> rows = {
      {"on the way there", milliseconds(10), {}},
      {"on the way back", milliseconds(30), {"20000 accepted 1", "30000 reset 1"}},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Lab lab(microsecond_link());
    lab.bob.when_accepted = [&](ConnectionId c) { lab.network.send(c, kBob, Bytes("220 hi")); };
    const ConnectionId call = lab.call();
    lab.at(row.at, [&] { lab.network.inject(fault_at_bob(Fault::Reset)); });
    lab.run();
    CHECK(lab.ann.notes == Notes{std::to_string(row.at.us) + " unreachable 1"});
    CHECK(lab.bob.notes == row.bob);
    CHECK(lab.sums(call).sent == lab.sums(call).lost);
  }
}

TEST_CASE("A call that was given up is answered by nobody", "[net]") {
  for (const Duration at : {milliseconds(10), milliseconds(30)}) {
    INFO("given up after " << at.us << " us");
    Lab lab(microsecond_link());
    const ConnectionId call = lab.call();
    lab.at(at, [&] { lab.network.abort(call, kAnn); });
    lab.run();
    CHECK(lab.ann.notes.empty());
    if (at < milliseconds(20)) CHECK(lab.bob.notes.empty());
    if (at > milliseconds(20)) CHECK(lab.bob.notes == Notes{"20000 accepted 1", "50000 reset 1"});
  }
}

TEST_CASE("A call to nobody can be given up, too", "[net]") {
  Lab lab(microsecond_link());
  const ConnectionId call = lab.network.connect(kAnn, kNobodysAddress, kPort);
  lab.network.abort(call, kAnn);
  lab.run();
  CHECK(lab.ann.notes.empty());
}
