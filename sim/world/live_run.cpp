#include "world/live_run.hpp"

#include <algorithm>
#include <utility>

namespace mailwalk::world {
namespace {

// How long the last replies may take to their clients.
constexpr Duration kGoodBye = seconds(3);

// How long an event may wait for a commit to begin, if nobody needs it on disk sooner.
constexpr Duration kLongestUnkept = seconds(1);

// One part in so many of the events that a run may have is for good-byes: 100,000 of 5 million,
// where 1,000 connections need some 10 each.
constexpr std::uint64_t kPartForGoodByes = 50;

}  // namespace

LiveRun::LiveRun(Scenario scenario, net::TcpOptions options, Waiting waiting,
                 std::uint64_t most_events)
    : waiting_(waiting),
      full_at_(most_events - most_events / kPartForGoodByes),
      world_(
          std::move(scenario),
          [&](net::Scheduler& scheduler, std::uint64_t /*seed*/) {
            auto network = std::make_unique<net::TcpNetwork>(scheduler, std::move(options));
            network_ = network.get();
            return network;
          },
          most_events) {
  world_.recorder().record(kNoNode, kNoConnection,
                           journal::RunServed{world_.scenario().overrides.cast});
  // Programs outside know the servers by their addresses, and find these in the certificates.
  for (const net::TcpNetwork::Door& door : network_->doors()) {
    world_.issuer().add_address(world_.find(door.node)->name, door.endpoint.address);
  }
}

void LiveRun::keep_in(journal::RecordingWriter& recording, Keeping keeping) {
  recording_ = &recording;
  if (keeping == Keeping::BeforePromises) network_->hold_promises();
}

const Error* LiveRun::trouble() const {
  if (network_->trouble() != nullptr) return network_->trouble();
  return world_.trouble() ? &*world_.trouble() : nullptr;
}

void LiveRun::go_on(std::optional<VirtualTime> until) {
  const VirtualTime now = network_->now();
  while ((!is_full() || phase_ == Phase::SaysGoodBye) && world_.step_by(now)) {
    // Between two steps every machine has done what it does at once, so that a recording which
    // ends here can be taken up.
    if (recording_ != nullptr) recording_->step_is_over();
  }
  count_octets();
  keep_what_happened();
  std::optional<VirtualTime> next = world_.scheduler().next_time();
  // Regular polls alone are nothing to hurry for: they would never end.
  const bool somebody_waits = next && world_.scheduler().keeping_running() > 0;
  if (waiting_ == Waiting::IsSkipped && somebody_waits && network_->is_quiet()) {
    network_->skip_to(*next);
  }
  for (const std::optional<VirtualTime> other : {until, keep_until_}) {
    if (other) next = next ? std::min(*next, *other) : *other;
  }
  if (!world_.trouble()) network_->wait(next);
}

void LiveRun::count_octets() {
  const journal::Journal& journal = world_.journal();
  for (; counted_events_ < journal.size(); ++counted_events_) {
    const auto* sent =
        journal::payload_if<journal::BytesSent>(journal[EventPosition{counted_events_}]);
    if (sent != nullptr) octets_ += sent->bytes.size();
  }
}

// The disk is waited for once for all promises that this turn has made.
void LiveRun::keep_what_happened() {
  if (recording_ == nullptr || recording_->error() != nullptr) return;
  if (!recording_->is_behind()) {
    keep_until_.reset();
    return network_->keep_promises(world_.journal().size());  // a commit was faster than they
  }
  const VirtualTime now = network_->now();
  if (!keep_until_) keep_until_ = now + kLongestUnkept;
  if (now >= *keep_until_) {
    recording_->begin_commit();
    keep_until_ = now + kLongestUnkept;  // to see that it is done, and to try again
  }
  if (network_->has_promises() && recording_->promise()) {
    network_->keep_promises(world_.journal().size());
  }
}

bool LiveRun::is_over() {
  return network_->is_quiet() && world_.scheduler().keeping_running() == 0;
}

void LiveRun::begin_shut_down() {
  network_->stop_listening();
  closes_ = network_->now() + kGoodBye;
  go_on(network_->now());  // what has come in so far is answered, if there is room for that
  phase_ = Phase::SaysGoodBye;
  world_.recorder().set_moment(std::max(world_.now(), network_->now()), kNoEvent);
  for (const Inhabitant& inhabitant : world_.inhabitants()) inhabitant.machine->shut_down();
  go_on(network_->now());
}

bool LiveRun::is_shut_down() const {
  return closes_ &&
         (network_->connections() == 0 || network_->now() >= *closes_ || world_.trouble());
}

void LiveRun::shut_down() {
  begin_shut_down();
  while (!is_shut_down()) go_on(closes_);
}

}  // namespace mailwalk::world
