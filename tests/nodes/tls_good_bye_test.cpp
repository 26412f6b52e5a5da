// How a line ends on which TLS was spoken: what a server does after it has said close_notify.
#include <memory>
#include <string>
#include <utility>

#include "play.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/payloads_of.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

// Ani's maildrop behind POP3 with TLS from the start.
const std::string kSecure = R"([lesson]
id = "secure"
[[host]]
name = "mx.a.example"
roles = ["mailbox", "maa"]
maa = {tls = "offered"}
[[host]]
name = "ns.example"
roles = ["names"]
[[account]]
address = "ani@a.example"
password = "rahasia"
)";

constexpr NodeId kCallerId{2'000};
constexpr IpAddress kCallerAddress{0x0A000101};  // 10.0.1.1

// What a client does once its server has said good-bye.
enum class Parting : std::uint8_t { SaysItToo, IsSilent, TalksOn };

// Somebody who calls with TLS, says QUIT to the greeting, and parts in a manner of their own.
class TlsCaller final : public net::NetworkClient {
 public:
  TlsCaller(world::World& world, Parting parting)
      : world_(world),
        parting_(parting),
        filter_(world.issuer().client("mx.a.example", tls::Demand::TheRightHost, 1, {})) {
    world.network().add_machine(kCallerId, kCallerAddress, *this);
    world.network().connect(kCallerId, world.find("mx.a.example")->machine->address(), kPop3sPort);
  }

  [[nodiscard]] const std::string& heard() const { return heard_; }
  [[nodiscard]] bool was_told_good_bye() const {
    return filter_->state() == tls::TlsFilter::State::Ended && !filter_->broken();
  }

 private:
  void on_accepted(ConnectionId, Port, const net::Caller&) override {}
  void on_connected(ConnectionId connection) override {
    filter_->start();
    send_what_waits(connection);
  }
  void on_connect_failed(ConnectionId, net::ConnectFailure) override {}
  void on_datagram(const net::Datagram&) override {}
  void on_closed(ConnectionId connection, net::CloseKind) override {
    world_.network().close(connection, kCallerId);
  }
  void on_bytes(ConnectionId connection, std::string_view bytes) override {
    filter_->receive(bytes);
    const std::string plain = filter_->take_plain();
    const bool is_greeting = heard_.empty() && !plain.empty();
    heard_ += plain;
    if (is_greeting) filter_->say("QUIT\r\n");
    if (was_told_good_bye() && parting_ == Parting::SaysItToo) filter_->close();
    if (was_told_good_bye() && parting_ == Parting::TalksOn) filter_->say("NOOP\r\n");
    send_what_waits(connection);
  }
  void send_what_waits(ConnectionId connection) {
    std::string cipher = filter_->take_cipher();
    if (!cipher.empty()) world_.network().send(connection, kCallerId, Bytes(std::move(cipher)));
  }

  world::World& world_;
  Parting parting_;
  std::unique_ptr<tls::TlsFilter> filter_;
  std::string heard_;
};

// When the server did so the last time.
template <class Payload>
VirtualTime last_at_server(Play& play) {
  const NodeId server = play.world().find("mx.a.example")->machine->id();
  VirtualTime last;
  for (const journal::Event* event : play.all<Payload>()) {
    if (event->node == server) last = event->time;
  }
  return last;
}

// From the server's good-bye to the end of its side of the line.
Duration wait_of_server(Play& play) {
  return last_at_server<journal::ConnectionClosing>(play) -
         last_at_server<journal::BytesSent>(play);
}

Words commands_heard(Play& play) {
  Words texts;
  for (const auto& session : play.sessions()) {
    for (const auto& line : session.lines) {
      if (line.kind == journal::SessionLine::Kind::Command) texts.emplace_back(line.text.view());
    }
  }
  return texts;
}

}  // namespace

TEST_CASE("After TLS a server hears the other side's good-bye before it closes the line",
          "[nodes][tls]") {
  Play play(kSecure);
  const TlsCaller caller(play.world(), Parting::SaysItToo);
  play.run();
  CHECK(caller.heard().ends_with("+OK bye\r\n"));
  CHECK(caller.was_told_good_bye());
  CHECK(wait_of_server(play) > Duration{});
  CHECK(wait_of_server(play) < seconds(2));
  CHECK(last_at_server<journal::BytesDelivered>(play) ==
        last_at_server<journal::ConnectionClosing>(play));
  CHECK(payloads_of<journal::BytesLost>(play.journal()).empty());
}

TEST_CASE("After TLS a server waits two seconds for a good-bye that does not come",
          "[nodes][tls]") {
  Play play(kSecure);
  const TlsCaller caller(play.world(), Parting::IsSilent);
  play.run();
  CHECK(caller.was_told_good_bye());
  CHECK(wait_of_server(play) == seconds(2));
  CHECK(payloads_of<journal::BytesLost>(play.journal()).empty());
}

TEST_CASE("After TLS a server does not listen to what is said instead of a good-bye",
          "[nodes][tls]") {
  Play play(kSecure);
  const TlsCaller caller(play.world(), Parting::TalksOn);
  play.run();
  CHECK(wait_of_server(play) < seconds(2));
  CHECK(commands_heard(play) == Words{"QUIT"});
}

TEST_CASE("A server that goes while it waits for TLS's good-bye closes the line at once",
          "[nodes][tls]") {
  Play play(kSecure);
  const TlsCaller caller(play.world(), Parting::IsSilent);
  play.run_until(seconds(1));
  REQUIRE(caller.was_told_good_bye());
  REQUIRE(last_at_server<journal::ConnectionClosing>(play) == VirtualTime{});
  play.world().find("mx.a.example")->machine->shut_down();
  CHECK(last_at_server<journal::ConnectionClosing>(play) == play.world().now());
  play.run();
}
