#include "world/live_run.hpp"

#include <algorithm>
#include <utility>

namespace mailwalk::world {
namespace {

// How long the last replies may take to their clients.
constexpr Duration kGoodBye = seconds(3);

}  // namespace

LiveRun::LiveRun(Scenario scenario, net::TcpOptions options, Waiting waiting)
    : waiting_(waiting),
      world_(std::move(scenario), [&](net::Scheduler& scheduler, std::uint64_t /*seed*/) {
        auto network = std::make_unique<net::TcpNetwork>(scheduler, std::move(options));
        network_ = network.get();
        return network;
      }) {
  // Programs outside know the servers by their addresses, and find these in the certificates.
  for (const net::TcpNetwork::Door& door : network_->doors()) {
    world_.issuer().add_address(world_.find(door.node)->name, door.endpoint.address);
  }
}

const Error* LiveRun::trouble() const {
  if (network_->trouble() != nullptr) return network_->trouble();
  return world_.trouble() ? &*world_.trouble() : nullptr;
}

void LiveRun::go_on(std::optional<VirtualTime> until) {
  const VirtualTime now = network_->now();
  while (world_.step_by(now)) {
  }
  std::optional<VirtualTime> next = world_.scheduler().next_time();
  // Regular polls alone are nothing to hurry for: they would never end.
  const bool somebody_waits = next && world_.scheduler().keeping_running() > 0;
  if (waiting_ == Waiting::IsSkipped && somebody_waits && network_->is_quiet()) {
    network_->skip_to(*next);
  }
  if (until) next = next ? std::min(*next, *until) : *until;
  if (!world_.trouble()) network_->wait(next);
}

bool LiveRun::is_over() {
  return network_->is_quiet() && world_.scheduler().keeping_running() == 0;
}

void LiveRun::shut_down() {
  network_->stop_listening();
  const VirtualTime end = network_->now() + kGoodBye;
  world_.scheduler().schedule(network_->now(), net::Priority::Person, *this, 0);
  go_on(network_->now());
  while (network_->connections() > 0 && network_->now() < end && !world_.trouble()) go_on(end);
}

void LiveRun::run_task(std::uint64_t /*data*/) {
  for (const Inhabitant& inhabitant : world_.inhabitants()) inhabitant.machine->shut_down();
}

}  // namespace mailwalk::world
