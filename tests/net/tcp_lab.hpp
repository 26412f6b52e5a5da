// The TCP network with two machines on it that only listen and note down, and programs outside.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lab.hpp"
#include "net/tcp_network.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/raw_client.hpp"

namespace mailwalk::test {

// Ports that are free, so that tests may run beside each other.
inline net::TcpOptions any_port() {
  net::TcpOptions options;
  options.ports[kPort] = Port{0};
  return options;
}

// Bob listens on kPort.
class TcpLab {
 public:
  explicit TcpLab(net::TcpOptions options = any_port()) : network(scheduler, std::move(options)) {
    network.add_machine(kAnn, kAnnAddress, ann);
    network.add_machine(kBob, kBobAddress, bob);
    network.listen(kBob, kPort);
    REQUIRE(network.trouble() == nullptr);
  }

  ConnectionId call() { return network.connect(kAnn, kBobAddress, kPort); }

  // A program from outside calls Bob.
  [[nodiscard]] net::Endpoint door() const { return network.doors().front().endpoint; }
  [[nodiscard]] RawClient visitor() const { return {door().address, door().port.value()}; }

  // Lets time go on until it is so. Fails if that takes more than ten seconds.
  void run_until(const std::function<bool()>& so) {
    const VirtualTime end = network.now() + seconds(10);
    while (!so()) {
      REQUIRE(network.now() < end);
      run_for_a_moment();
    }
  }
  void run_for(Duration time) {
    const VirtualTime end = network.now() + time;
    while (network.now() < end) run_for_a_moment();
  }
  void run_for_a_moment() {
    network.wait(network.now() + milliseconds(2));
    while (scheduler.next_time() && *scheduler.next_time() <= network.now()) {
      scheduler.step();
      network.end_step();
    }
  }

  // Until the visitor has heard so many octets.
  void hear(RawClient& visitor, std::size_t octets) {
    run_until([&] {
      visitor.read();
      return visitor.heard().size() >= octets;
    });
  }
  void say(RawClient& visitor, std::string_view bytes) {
    run_until([&] {
      bytes.remove_prefix(visitor.send_some(bytes));
      return bytes.empty();
    });
  }

  // "accepted 1", without the time.
  static std::vector<std::string> without_times(const std::vector<std::string>& notes) {
    std::vector<std::string> bare;
    for (const std::string& note : notes) bare.push_back(note.substr(note.find(' ') + 1));
    return bare;
  }
  // "BytesSent@1": kinds of the events of a connection, and where they were.
  [[nodiscard]] std::vector<std::string> events(ConnectionId connection) const;

  journal::Journal journal;
  journal::Recorder recorder{journal};
  net::Scheduler scheduler{recorder};
  net::TcpNetwork network;
  Ear ann{scheduler}, bob{scheduler};
};

}  // namespace mailwalk::test
