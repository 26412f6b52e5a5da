// A scenario on real TCP, in real time: what happens when, until somebody has had enough.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "base/result.hpp"
#include "journal/recording_writer.hpp"
#include "net/tcp_network.hpp"
#include "world/scenario.hpp"
#include "world/world.hpp"

namespace mailwalk::world {

// When what happened is written into a recording.
enum class Keeping : std::uint8_t {
  WithinASecond,
  BeforePromises,  // and before a program outside hears that a mail was taken, or removed
};

// What becomes of the time in which nothing happens and nobody is connected.
enum class Waiting : std::uint8_t { InRealTime, IsSkipped };

class LiveRun {
 public:
  // trouble() says whether every server can be called.
  LiveRun(Scenario scenario, net::TcpOptions options, Waiting waiting = Waiting::InRealTime,
          std::uint64_t most_events = kMostEvents);

  // Before it has gone on: it is the run of that journal from now on. See World::take_up().
  Done take_up(journal::Journal past) { return world_.take_up(std::move(past)); }

  // The recording follows the journal already, ends its batches between steps, and outlives this.
  // What it cannot keep is not promised: see RecordingWriter::error().
  void keep_in(journal::RecordingWriter& recording, Keeping keeping);

  // Why it cannot go on.
  [[nodiscard]] const Error* trouble() const;
  [[nodiscard]] World& world() { return world_; }
  [[nodiscard]] net::TcpNetwork& network() { return *network_; }

  // Lets happen what is due, then waits for what comes next: no longer than until then. After it,
  // the journal may hold new events.
  void go_on(std::optional<VirtualTime> until = std::nullopt);

  // Nothing of the scenario is left to happen but regular polls, and nobody is connected.
  [[nodiscard]] bool is_over();

  // The journal has room for good-byes and no more: nothing happens any more before shut_down().
  // It holds every octet that was sent, at most kMostOctets.
  static constexpr std::uint64_t kMostOctets = 2'000'000'000;
  [[nodiscard]] bool is_full() const {
    return world_.journal().size() >= full_at_ || octets_ > kMostOctets;
  }
  [[nodiscard]] std::uint64_t octets() const { return octets_; }

  // Every server says good-bye, and nobody can call any more. It is shut down once all connections
  // are closed, after some seconds at most.
  void begin_shut_down();
  [[nodiscard]] bool is_shut_down() const;
  // Both, and returns when it is done.
  void shut_down();

 private:
  enum class Phase : std::uint8_t { Serves, SaysGoodBye };

  void count_octets();
  void keep_what_happened();

  net::TcpNetwork* network_ = nullptr;  // owned by the world
  std::optional<VirtualTime> closes_;   // at the latest
  Waiting waiting_;
  std::uint64_t full_at_;             // events
  std::uint64_t octets_ = 0;          // that were sent
  std::uint64_t counted_events_ = 0;  // with these
  World world_;
  Phase phase_ = Phase::Serves;
  journal::RecordingWriter* recording_ = nullptr;
  std::optional<VirtualTime> keep_until_;  // the latest moment for what the recording lacks
};

}  // namespace mailwalk::world
