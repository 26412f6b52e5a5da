// A scenario on real TCP, and somebody from outside who talks to its servers.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tests/support/catch.hpp"
#include "tests/support/raw_client.hpp"
#include "world/live_run.hpp"
#include "world/scenario.hpp"
#include "world/scenario_file.hpp"

namespace mailwalk::test {

inline net::TcpOptions free_ports(net::TcpLimits limits = {}) {
  net::TcpOptions options;
  for (auto& [port, real] : options.ports) real = Port{0};
  options.limits = limits;
  return options;
}

class LiveStage {
 public:
  explicit LiveStage(world::Scenario scenario, net::TcpOptions options = free_ports(),
                     std::uint64_t most_events = world::kMostEvents)
      : run(std::move(scenario), std::move(options), world::Waiting::IsSkipped, most_events) {
    REQUIRE(run.trouble() == nullptr);
  }

  [[nodiscard]] net::Endpoint door(std::string_view host, Port port) {
    const NodeId node = run.world().find(host)->machine->id();
    for (const auto& door : run.network().doors()) {
      if (door.node == node && door.port == port) return door.endpoint;
    }
    FAIL("nobody listens there");
    return {};
  }

  void go_on_for_a_moment() { run.go_on(run.network().now() + milliseconds(2)); }
  void go_on_to_the_end() {
    const VirtualTime end = run.network().now() + run.network().skipped() + days(30);
    while (!run.is_over() && run.network().now() < end) go_on_for_a_moment();
  }

  world::LiveRun run;
};

// Types, waits for what is said, and compares it.
class Visit {
 public:
  Visit(LiveStage& stage, std::string_view host, Port port, IpAddress from = {})
      : stage_(stage),
        client_(stage.door(host, port).address, stage.door(host, port).port.value(), from) {}

  void say(std::string_view bytes) {
    while (!bytes.empty() && client_.end() == RawClient::End::Open) {
      bytes.remove_prefix(client_.send_some(bytes));
      turn();
    }
  }
  // What is said up to and including the next line end.
  std::string line() {
    const auto end = [&] { return client_.heard().find("\r\n", read_); };
    wait_until([&] { return end() != std::string::npos; });
    const std::string text = client_.heard().substr(read_, end() - read_);
    read_ += text.size() + 2;
    return text;
  }
  std::string command(std::string_view text) {
    say(std::string(text) + "\r\n");
    return line();
  }
  // Everything that comes until the server hangs up.
  std::string rest() {
    wait_until([&] { return client_.end() != RawClient::End::Open; });
    return client_.heard().substr(read_);
  }

  [[nodiscard]] RawClient& client() { return client_; }

 private:
  void turn() {
    stage_.go_on_for_a_moment();
    client_.read();
  }
  template <class So>
  void wait_until(So so) {
    for (int turns = 0; !so(); ++turns) {
      REQUIRE(turns < 5'000);
      turn();
    }
  }

  LiveStage& stage_;
  RawClient client_;
  std::size_t read_ = 0;
};

// ---- A place to visit --------------------------------------------------------------------------

inline const char* const kPlace = R"([lesson]
id = "place"
[[host]]
name = "mta.a.example"
roles = ["mta"]
[[host]]
name = "mx.b.example"
roles = ["mailbox", "maa"]
[host.smtp]
max_message = "100 KB"
[[host]]
name = "ns.example"
roles = ["names"]
[[domain]]
name = "b.example"
mx = [{host = "mx.b.example", preference = 10}]
[[account]]
address = "budi@b.example"
password = "rahasia"
host = "mx.b.example"
[[device]]
name = "laptop"
mail = "ani@a.example"
submit_to = "mta.a.example"
)";

inline world::Scenario place() {
  world::ScenarioResult read = world::parse_scenario(
      kPlace, "place.toml", [](const std::string&) { return Result<Bytes>(Bytes{}); });
  for (const Error& error : read.errors()) UNSCOPED_INFO(error.text());
  REQUIRE(read.ok());
  // The address from which programs outside call, too.
  read->devices.front().address = *IpAddress::parse("127.0.0.1");
  return std::move(*read);
}

inline std::size_t letters_of_budi(LiveStage& stage) {
  return stage.run.world()
      .find("mx.b.example")
      ->mailbox_server->find("budi")
      ->drop.messages()
      .size();
}

inline void log_in(Visit& visit) {
  visit.line();
  visit.command("USER budi");
  CHECK(visit.command("PASS rahasia").substr(0, 3) == "+OK");
}

}  // namespace mailwalk::test
