// Two machines of a scenario on real TCP.
#include <algorithm>

#include "tcp_lab.hpp"

using namespace mailwalk;
using namespace mailwalk::test;
using journal::Fault;

namespace {

using Notes = std::vector<std::string>;

constexpr ConnectionId kFirst{1};

net::LinkFault fault_between(Fault kind, std::uint64_t after_bytes = 0) {
  net::LinkFault fault;
  fault.kind = kind;
  fault.a = kAnn;
  fault.b = kBob;
  fault.after_bytes = after_bytes;
  return fault;
}

// Bob says each thing once somebody has called, and closes.
void bob_says(TcpLab& lab, std::vector<std::string> things) {
  lab.bob.when_accepted = [&lab, things](ConnectionId connection) {
    for (const std::string& thing : things) lab.network.send(connection, kBob, Bytes(thing));
    lab.network.close(connection, kBob);
  };
  lab.ann.when_closed = [&lab](ConnectionId connection) { lab.network.close(connection, kAnn); };
}

}  // namespace

TEST_CASE("TCP: a conversation has the events that it has in virtual time", "[net][tcp]") {
  const Notes expected = {"ConnectionOpening@1", "ConnectionAccepted@2", "BytesSent@2",
                          "ConnectionClosing@2", "ConnectionOpened@1",   "BytesDelivered@1",
                          "ConnectionClosed@1",  "ConnectionClosing@1"};
  TcpLab lab;
  bob_says(lab, {"hello"});
  lab.call();
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK(TcpLab::without_times(lab.bob.notes) == Notes{"accepted 1"});
  CHECK(TcpLab::without_times(lab.ann.notes) == Notes{"connected 1", "closed 1"});
  CHECK(lab.ann.heard[kFirst] == "hello");
  CHECK(lab.events(kFirst) == expected);

  Lab virtual_lab(microsecond_link());
  virtual_lab.bob.when_accepted = [&](ConnectionId connection) {
    virtual_lab.network.send(connection, kBob, Bytes("hello"));
    virtual_lab.network.close(connection, kBob);
  };
  virtual_lab.ann.when_closed = [&](ConnectionId connection) {
    virtual_lab.network.close(connection, kAnn);
  };
  virtual_lab.call();
  virtual_lab.run();
  Notes in_virtual_time;
  for (const journal::Event& event : virtual_lab.journal) {
    in_virtual_time.push_back(std::string(journal::payload_name(event.payload)) + "@" +
                              std::to_string(event.node.value()));
  }
  CHECK(in_virtual_time == expected);
}

TEST_CASE("TCP: every event on a connection follows from one before it on the connection",
          "[net][tcp]") {
  TcpLab lab;
  bob_says(lab, {"one", "two"});
  lab.call();
  lab.run_until([&] { return lab.network.is_quiet(); });
  for (const journal::Event& event : lab.journal) {
    INFO(journal::payload_name(event.payload));
    if (event.position.value() == 0) continue;
    REQUIRE(event.cause != kNoEvent);
    CHECK(lab.journal[event.cause].connection == event.connection);
    CHECK(event.time >= lab.journal[event.cause].time);
  }
}

TEST_CASE("TCP: what was sent arrives whole and in order, however much it is", "[net][tcp]") {
  const std::string first = counted_text(3'000'000);
  TcpLab lab;
  bob_says(lab, {first, "and the end"});
  lab.call();
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK((lab.ann.heard[kFirst] == first + "and the end"));
  const Sums sums = sums_of(lab.journal, kFirst);
  CHECK(sums.sent == first.size() + 11);
  CHECK(sums.delivered == sums.sent);
  CHECK(sums.lost == 0);
  CHECK(lab.ann.pieces[kFirst].size() > 10);
}

TEST_CASE("TCP: a call fails in the way in which calls fail", "[net][tcp][faults]") {
  struct Row {
    const char* what;
    std::optional<Fault> fault;
    IpAddress to;
    Port port;
    const char* note;
  };
  const std::vector<Row> rows = {
      {"nobody listens on the port", {}, kBobAddress, Port{26}, "refused 1"},
      {"refused by a fault", Fault::Refuse, kBobAddress, kPort, "refused 1"},
      {"nobody has the address", {}, kNobodysAddress, kPort, "unreachable 1"},
      {"no way leads there", Fault::Unreachable, kBobAddress, kPort, "unreachable 1"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    TcpLab lab;
    if (row.fault) lab.network.inject(fault_between(*row.fault));
    lab.network.connect(kAnn, row.to, row.port);
    lab.run_until([&] { return lab.network.is_quiet(); });
    CHECK(TcpLab::without_times(lab.ann.notes) == Notes{row.note});
    CHECK(lab.bob.notes.empty());
  }
}

TEST_CASE("TCP: a line that is cut after n octets has carried n octets", "[net][tcp][faults]") {
  for (const std::uint64_t octets : {1u, 700u, 70'000u, 200'000u}) {
    INFO(octets);
    const std::string text = counted_text(300'000);
    TcpLab lab;
    lab.network.inject(fault_between(Fault::Reset, octets));
    lab.bob.when_accepted = [&](ConnectionId connection) {
      lab.network.send(connection, kBob, Bytes(text));
    };
    lab.call();
    lab.run_until([&] { return lab.network.is_quiet(); });
    CHECK((lab.ann.heard[kFirst] == text.substr(0, octets)));
    CHECK(TcpLab::without_times(lab.ann.notes) == Notes{"connected 1", "reset 1"});
    CHECK(TcpLab::without_times(lab.bob.notes) == Notes{"accepted 1", "reset 1"});
    const Sums sums = sums_of(lab.journal, kFirst);
    CHECK(sums.delivered == octets);
    CHECK(sums.lost == text.size() - octets);
  }
}

TEST_CASE("TCP: a line that stalls goes on when the fault is cleared", "[net][tcp][faults]") {
  const std::string text = counted_text(50'000);
  TcpLab lab;
  lab.network.inject(fault_between(Fault::Stall, 1'000));
  bob_says(lab, {text});
  lab.call();
  lab.run_until([&] { return lab.ann.heard[kFirst].size() >= 1'000; });
  lab.run_for(milliseconds(50));
  CHECK(lab.ann.heard[kFirst].size() == 1'000);
  lab.network.clear_faults(kAnn, kBob);
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK((lab.ann.heard[kFirst] == text));
}

TEST_CASE("TCP: an end that left with the last octets has left, whatever befalls the line",
          "[net][tcp][faults]") {
  TcpLab lab;
  bob_says(lab, {"bye"});
  lab.call();
  lab.run_until([&] { return !lab.bob.notes.empty(); });
  lab.network.inject(fault_between(Fault::Stall));
  lab.run_until([&] { return TcpLab::without_times(lab.ann.notes).back() == "closed 1"; });
  CHECK(lab.ann.heard[kFirst] == "bye");
  lab.network.clear_faults(kAnn, kBob);
  lab.run_until([&] { return lab.network.is_quiet(); });
}

TEST_CASE("TCP: a slow line is slow", "[net][tcp][faults]") {
  TcpLab lab;
  net::LinkFault slow = fault_between(Fault::Slow);
  slow.bytes_per_second = 10'000;
  lab.network.inject(slow);
  bob_says(lab, {counted_text(3'000)});
  lab.call();
  lab.run_until([&] { return lab.network.is_quiet(); });
  const auto& pieces = lab.ann.pieces[kFirst];
  CHECK(lab.ann.heard[kFirst].size() == 3'000);
  CHECK(pieces.back().time - pieces.front().time >= milliseconds(190));
}

TEST_CASE("TCP: whoever aborts loses what has not arrived, and the other learns of a reset",
          "[net][tcp]") {
  TcpLab lab;
  lab.ann.when_connected = [&](ConnectionId connection) {
    lab.network.send(connection, kAnn, Bytes("never mind"));
    lab.network.abort(connection, kAnn);
  };
  lab.call();
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK(TcpLab::without_times(lab.bob.notes) == Notes{"accepted 1", "reset 1"});
  const Sums sums = sums_of(lab.journal, kFirst);
  CHECK(sums.sent == sums.delivered + sums.lost);
}

TEST_CASE("TCP: cut lines are told to both sides, once", "[net][tcp][faults]") {
  TcpLab lab;
  const ConnectionId connection = lab.call();
  lab.run_until([&] { return lab.ann.notes.size() == 1; });
  lab.network.cut(connection);
  lab.run_until([&] { return lab.network.is_quiet(); });
  lab.run_for(milliseconds(20));
  CHECK(TcpLab::without_times(lab.ann.notes) == Notes{"connected 1", "reset 1"});
  CHECK(TcpLab::without_times(lab.bob.notes) == Notes{"accepted 1", "reset 1"});
  CHECK_FALSE(lab.network.ends_of(connection));
}

TEST_CASE("TCP: datagrams arrive at once, or are lost by a fault", "[net][tcp]") {
  TcpLab lab;
  lab.network.send_datagram(kAnn, Port{50'000}, kBobAddress, kDnsPort, Bytes("who?"));
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK(lab.bob.datagrams.size() == 1);
  lab.network.inject(fault_between(Fault::Unreachable));
  lab.network.send_datagram(kAnn, Port{50'000}, kBobAddress, kDnsPort, Bytes("who?"));
  lab.network.send_datagram(kAnn, Port{50'000}, kNobodysAddress, kDnsPort, Bytes("who?"));
  lab.run_for(milliseconds(20));
  CHECK(lab.bob.datagrams.size() == 1);
}

TEST_CASE("TCP: each machine has an address of its own that does not change", "[net][tcp]") {
  net::LoopbackAddresses addresses;
  CHECK(addresses.add(*IpAddress::parse("192.0.2.1")).text() == "127.0.2.1");
  CHECK(addresses.add(*IpAddress::parse("198.51.100.7")).text() == "127.51.100.7");
  // Somebody has it already; that of the computer itself; and what that would have become.
  CHECK(addresses.add(*IpAddress::parse("203.0.2.1")).text() == "127.0.2.2");
  CHECK(addresses.add(*IpAddress::parse("10.0.0.1")).text() == "127.255.0.1");
  CHECK(addresses.add(*IpAddress::parse("10.255.0.1")).text() == "127.255.0.2");
}

TEST_CASE("TCP: a port that is taken is an error that says so", "[net][tcp]") {
  TcpLab lab;
  net::TcpOptions same_port;
  same_port.ports[kPort] = lab.door().port;
  net::TcpNetwork second(lab.scheduler, same_port);
  second.add_machine(kAnn, kAnnAddress, lab.ann);
  second.add_machine(kBob, kBobAddress, lab.bob);
  second.listen(kBob, kPort);
  REQUIRE(second.trouble() != nullptr);
  CHECK_THAT(second.trouble()->text(), ContainsSubstring(lab.door().text()));
  CHECK_THAT(second.trouble()->text(), ContainsSubstring("another program does so already"));
}

TEST_CASE("TCP: an address of another computer is an error that says so", "[net][tcp]") {
  TcpLab lab;
  net::TcpOptions elsewhere = any_port();
  elsewhere.listen_at = IpAddress::parse("192.0.2.77");  // nobody's (RFC 5737)
  net::TcpNetwork second(lab.scheduler, elsewhere);
  second.add_machine(kBob, kBobAddress, lab.bob);
  second.listen(kBob, kPort);
  REQUIRE(second.trouble() != nullptr);
  CHECK_THAT(second.trouble()->text(), ContainsSubstring("choose an address of this computer"));
}
