// Programs from outside that call a machine of a scenario.
#include <algorithm>
#include <ctime>
#include <memory>
#include <vector>

#include "tcp_lab.hpp"
#include "tests/support/cases.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

using Notes = std::vector<std::string>;

constexpr ConnectionId kFirstCall{1};

// Bob greets, and says everything back.
void bob_echoes(TcpLab& lab) {
  lab.bob.when_accepted = [&lab](ConnectionId connection) {
    lab.network.send(connection, kBob, Bytes("hello "));
  };
  lab.bob.when_bytes = [&lab](ConnectionId connection) {
    lab.network.send(connection, kBob, Bytes(lab.bob.heard[connection]));
    lab.bob.heard[connection].clear();
  };
  lab.bob.when_closed = [&lab](ConnectionId connection) { lab.network.close(connection, kBob); };
}

// Whoever calls is told to go.
void bob_says_bye(TcpLab& lab) {
  lab.bob.when_accepted = [&lab](ConnectionId connection) {
    lab.network.send(connection, kBob, Bytes("bye"));
    lab.network.close(connection, kBob);
  };
}

void hear_the_end(TcpLab& lab, RawClient& visitor) {
  lab.run_until([&] {
    visitor.read();
    return visitor.end() == RawClient::End::Closed;
  });
}

}  // namespace

TEST_CASE("TCP: a program from outside is a machine of the journal", "[net][tcp][visitor]") {
  TcpLab lab;
  bob_echoes(lab);
  RawClient visitor = lab.visitor();
  lab.hear(visitor, 6);
  lab.say(visitor, "abc");
  lab.hear(visitor, 9);
  CHECK(visitor.heard() == "hello abc");
  visitor.finish();
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK(lab.events(kFirstCall) == Notes{"ConnectionOpening@3", "ConnectionAccepted@2",
                                        "ConnectionOpened@3", "BytesSent@2", "BytesDelivered@3",
                                        "BytesSent@3", "BytesDelivered@2", "BytesSent@2",
                                        "BytesDelivered@3", "ConnectionClosing@3",
                                        "ConnectionClosed@2", "ConnectionClosing@2"});
  const auto* added = journal::payload_if<journal::MachineAdded>(lab.journal[EventPosition{0}]);
  REQUIRE(added != nullptr);
  CHECK(added->name == "outside-127.0.0.1");
  CHECK(added->address.text() == "127.0.0.1");
}

TEST_CASE("TCP: a visitor that says it sends no more still hears the rest", "[net][tcp][visitor]") {
  TcpLab lab;
  bob_echoes(lab);
  RawClient visitor = lab.visitor();
  lab.hear(visitor, 6);
  lab.say(visitor, "last words");
  visitor.finish();
  lab.run_until([&] {
    visitor.read();
    return visitor.end() != RawClient::End::Open;
  });
  CHECK(visitor.heard() == "hello last words");
  CHECK(visitor.end() == RawClient::End::Closed);
}

TEST_CASE("TCP: a visitor that breaks the line is told from one that closes it",
          "[net][tcp][visitor]") {
  TcpLab lab;
  bob_echoes(lab);
  RawClient breaks = lab.visitor();
  lab.hear(breaks, 6);
  breaks.reset();
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK(TcpLab::without_times(lab.bob.notes) == Notes{"accepted 1", "reset 1"});

  RawClient closes = lab.visitor();
  lab.hear(closes, 6);
  closes.close();
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK(TcpLab::without_times(lab.bob.notes) ==
        Notes{"accepted 1", "reset 1", "accepted 2", "closed 2"});
}

TEST_CASE("TCP: the last reply arrives although the visitor has more to say",
          "[net][tcp][visitor]") {
  TcpLab lab;
  lab.bob.when_bytes = [&](ConnectionId connection) {
    lab.network.send(connection, kBob, Bytes("421 enough"));
    lab.network.close(connection, kBob);
  };
  for (int i = 0; i < cases(20); ++i) {
    RawClient visitor = lab.visitor();
    lab.say(visitor, std::string(100'000, 'x'));
    lab.run_until([&] {
      visitor.send_some(std::string(10'000, 'y'));
      visitor.read();
      return visitor.end() != RawClient::End::Open;
    });
    CHECK(visitor.heard() == "421 enough");
  }
}

TEST_CASE("TCP: the end comes with the last words", "[net][tcp][visitor]") {
  TcpLab lab;
  lab.bob.when_bytes = [&](ConnectionId connection) {
    lab.network.send(connection, kBob, Bytes("221 "));
    lab.network.send(connection, kBob, Bytes("bye"));
    lab.network.close(connection, kBob);
  };
  RawClient visitor = lab.visitor();
  lab.say(visitor, "QUIT");
  lab.hear(visitor, 7);
  CHECK(visitor.heard() == "221 bye");
  CHECK(visitor.end() == RawClient::End::Closed);
}

TEST_CASE("TCP: of what is said in the step in which the line is cut, nothing leaves",
          "[net][tcp][visitor][faults]") {
  TcpLab lab;
  lab.bob.when_bytes = [&](ConnectionId connection) {
    lab.network.send(connection, kBob, Bytes("221 bye"));
    lab.network.close(connection, kBob);
    lab.network.cut(connection);
  };
  RawClient visitor = lab.visitor();
  lab.say(visitor, "QUIT");
  lab.run_until([&] {
    visitor.read();
    return visitor.end() != RawClient::End::Open;
  });
  CHECK(visitor.heard().empty());
  CHECK(visitor.end() == RawClient::End::Broken);
}

TEST_CASE("TCP: to wait for somebody who says nothing takes no time of the processor",
          "[net][tcp][visitor]") {
  TcpLab lab;
  bob_echoes(lab);
  RawClient visitor = lab.visitor();
  lab.say(visitor, "abc");
  lab.hear(visitor, 9);
  const std::clock_t before = std::clock();
  const VirtualTime end = lab.network.now() + milliseconds(300);
  while (lab.network.now() < end) lab.network.wait(end);
  CHECK(std::clock() - before < CLOCKS_PER_SEC / 10);
}

TEST_CASE("TCP: a visitor that does not hang up is left after a while", "[net][tcp][visitor]") {
  TcpLab lab;
  lab.bob.when_accepted = [&](ConnectionId connection) { lab.network.close(connection, kBob); };
  const RawClient visitor = lab.visitor();
  lab.run_until([&] { return lab.network.connections() == 1; });
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK(lab.events(kFirstCall).back() == "ConnectionReset@3");
  CHECK(lab.network.now() >= VirtualTime{} + seconds(2));
}

TEST_CASE("TCP: a visitor that resets a line on which all was said has only hung up",
          "[net][tcp][visitor]") {
  TcpLab lab;
  bob_says_bye(lab);
  RawClient visitor = lab.visitor();
  hear_the_end(lab, visitor);
  visitor.reset();
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK(lab.events(kFirstCall).back() == "ConnectionClosing@3");
}

TEST_CASE("TCP: nobody looks after a visitor any more once it has gone", "[net][tcp][visitor]") {
  TcpLab lab;
  bob_says_bye(lab);
  RawClient visitor = lab.visitor();
  hear_the_end(lab, visitor);
  CHECK(visitor.heard() == "bye");
  // It had longer before all was sent; that date must be gone as well once it leaves.
  lab.run_until([&] {
    const auto date = lab.scheduler.next_time();
    return date && *date <= lab.network.now() + seconds(2);
  });
  visitor.close();
  lab.run_until([&] { return lab.network.is_quiet(); });
  CHECK_FALSE(lab.scheduler.next_time().has_value());
}

TEST_CASE("TCP: a visitor that asks and does not listen is not listened to",
          "[net][tcp][visitor]") {
  TcpLab lab;
  bob_echoes(lab);
  RawClient visitor = lab.visitor();
  // Sent until nothing moves any more: what Bob says back has nowhere to go.
  std::size_t sent = 0;
  int moments_of_rest = 0;
  while (moments_of_rest < 50) {
    const std::size_t now = visitor.send_some(std::string(65'536, 'x'));
    sent += now;
    moments_of_rest = now > 0 ? 0 : moments_of_rest + 1;
    lab.run_for_a_moment();
    REQUIRE(sent < 100'000'000);
  }
  CHECK(lab.network.waiting_octets(kFirstCall, kBob) < net::kMostWaitingOctets + 200'000);
  // Once it listens, all of it comes.
  lab.hear(visitor, 6 + sent);
  CHECK(visitor.heard().size() == 6 + sent);
}

TEST_CASE("TCP: a slow reader gets all of what it asked for, and the end", "[net][tcp][visitor]") {
  const std::string text = counted_text(10'000'000);
  TcpLab lab;
  lab.bob.when_accepted = [&](ConnectionId connection) {
    lab.network.send(connection, kBob, Bytes(text));
    lab.network.close(connection, kBob);
  };
  RawClient visitor = lab.visitor();
  lab.run_for(milliseconds(100));
  lab.run_until([&] {
    visitor.read();
    return visitor.end() != RawClient::End::Open;
  });
  CHECK((visitor.heard() == text));
  CHECK(visitor.end() == RawClient::End::Closed);
}

TEST_CASE("TCP: nobody from outside is taken for a machine of the scenario",
          "[net][tcp][visitor]") {
  TcpLab lab;
  net::LoopbackAddresses same;
  const IpAddress anns = same.add(kAnnAddress);
  RawClient liar(lab.door().address, lab.door().port.value(), anns);
  lab.run_until([&] {
    liar.read();
    return liar.end() != RawClient::End::Open;
  });
  CHECK(liar.end() == RawClient::End::Broken);
  CHECK(lab.bob.notes.empty());
}

TEST_CASE("TCP: a caller too many is told so, one more is cut off, and places become free",
          "[net][tcp][visitor][limits]") {
  net::TcpOptions options = any_port();
  options.limits.connections = 3;
  options.limits.connections_per_peer = 2;
  TcpLab lab(options);
  bob_echoes(lab);
  RawClient first = lab.visitor();
  RawClient second = lab.visitor();
  RawClient third = lab.visitor();
  lab.run_until([&] { return lab.bob.notes.size() == 3; });
  CHECK(lab.bob.too_many == std::vector<ConnectionId>{ConnectionId{3}});
  // One from another address is welcome still; then all places are taken.
  RawClient elsewhere(lab.door().address, lab.door().port.value(), *IpAddress::parse("127.0.0.9"));
  lab.run_until([&] { return lab.bob.notes.size() == 4; });
  CHECK(lab.bob.too_many.size() == 2);
  first.reset();
  second.reset();
  third.reset();
  lab.run_until([&] { return lab.network.connections() == 1; });
  RawClient again = lab.visitor();
  lab.run_until([&] { return lab.network.connections() == 2; });
  CHECK(lab.bob.too_many.size() == 2);
}

TEST_CASE("TCP: a flood of callers ends at the limit", "[net][tcp][visitor][limits]") {
  net::TcpOptions options = any_port();
  options.limits.connections = 5;
  TcpLab lab(options);
  std::vector<std::unique_ptr<RawClient>> flood;
  for (std::size_t i = 0; i < 5 + net::kSpareConnections + 50; ++i) {
    flood.push_back(std::make_unique<RawClient>(lab.door().address, lab.door().port.value()));
    lab.run_for_a_moment();
  }
  lab.run_for(milliseconds(50));
  CHECK(lab.network.connections() == 5 + net::kSpareConnections);
  const auto broken = std::count_if(flood.begin(), flood.end(), [](const auto& client) {
    client->read();
    return client->end() == RawClient::End::Broken;
  });
  CHECK(broken == 50);
}

TEST_CASE("TCP: at an address for others, hosts stand side by side", "[net][tcp][visitor]") {
  TcpLab lab;
  bob_echoes(lab);
  net::TcpOptions options;
  options.ports[kPort] = lab.door().port;  // free at other addresses
  options.listen_at = IpAddress::parse("127.77.1.1");
  net::TcpNetwork open(lab.scheduler, options);
  Ear first(lab.scheduler), second(lab.scheduler);
  open.add_machine(kAnn, *IpAddress::parse("198.51.77.1"), first);
  open.add_machine(kCid, *IpAddress::parse("198.51.77.2"), second);
  open.listen(kAnn, kPort);
  open.listen(kCid, kPort);
  REQUIRE(open.trouble() == nullptr);
  const std::string port = std::to_string(lab.door().port.value());
  std::vector<std::string> doors;
  for (const auto& door : open.doors()) doors.push_back(door.endpoint.text());
  CHECK(doors ==
        std::vector<std::string>{"127.51.77.1:" + port, "127.77.1.1:" + port, "127.51.77.2:" + port,
                                 "127.77.1.1:" + std::to_string(lab.door().port.value() + 1)});
}

TEST_CASE("TCP: nobody is let in any more when it stops listening", "[net][tcp][visitor]") {
  TcpLab lab;
  const net::Endpoint door = lab.door();
  lab.network.stop_listening();
  RawClient late(door.address, door.port.value());
  lab.run_until([&] {
    late.read();
    return late.end() != RawClient::End::Open;
  });
  CHECK(late.end() == RawClient::End::Broken);
}

TEST_CASE("TCP: a crowd from one address does not keep those who call from another",
          "[net][tcp][visitor]") {
  TcpLab lab;
  bob_echoes(lab);
  const auto call_from = [&](std::uint32_t address) {
    return std::make_unique<RawClient>(lab.door().address, lab.door().port.value(),
                                       IpAddress{address});
  };
  std::vector<std::unique_ptr<RawClient>> crowd;
  for (int i = 0; i < 150; ++i) crowd.push_back(call_from(0x7F004D01));
  const auto other = call_from(0x7F004D02);
  lab.hear(*other, 6);
  const auto greeted = [&] {
    return std::count_if(crowd.begin(), crowd.end(), [](const auto& client) {
      client->read();
      return !client->heard().empty();
    });
  };
  CHECK(greeted() < 20);  // although all of them have called before
  lab.run_until([&] { return greeted() == 150; });
}

TEST_CASE("TCP: who has left before his turn came was never there", "[net][tcp][visitor]") {
  TcpLab lab;
  bob_echoes(lab);
  for (int i = 0; i < 100; ++i) {
    RawClient leaves = lab.visitor();
    leaves.close();
  }
  RawClient stays = lab.visitor();
  lab.hear(stays, 6);
  lab.say(stays, "abc");
  lab.hear(stays, 9);
  CHECK(lab.bob.notes.size() < 20);  // each of them would be told of twice
  stays.close();
  lab.run_until([&] { return lab.network.is_quiet(); });
}
