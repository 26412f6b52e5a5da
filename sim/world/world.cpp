#include "world/world.hpp"

#include <algorithm>
#include <utility>

#include "world/director.hpp"

namespace mailwalk::world {
namespace {

net::Link network_link(const LinkSpec& spec) {
  return {spec.latency, spec.bytes_per_second, spec.segment_bytes,
          spec.random_segments ? net::Segmentation::Random : net::Segmentation::Full};
}

// Where the file lies is another matter on each machine, and not part of the run.
std::string without_folder(const std::string& file) {
  return file.substr(file.find_last_of("/\\") + 1);
}

IpAddress name_server_of(const Scenario& scenario) {
  for (const HostSpec& host : scenario.hosts) {
    if (host.name_server) return host.address;
  }
  return {};
}

}  // namespace

World::World(Scenario scenario)
    : scenario_(std::move(scenario)),
      recorder_(journal_),
      scheduler_(recorder_),
      network_(scheduler_, scenario_.seed) {
  record_run();
  populate();
  build_links();
  director_ = std::make_unique<Director>(*this);
}

World::~World() = default;

void World::record_run() {
  recorder_.record(
      kNoNode, kNoConnection,
      journal::RunStarted{Bytes(without_folder(scenario_.file)), scenario_.source,
                          Bytes(scenario_.title.english), Bytes(scenario_.title.indonesian),
                          scenario_.seed, scenario_.calendar});
}

void World::populate() {
  const Ground ground{
      scenario_, {network_, scheduler_, scenario_.calendar}, name_server_of(scenario_)};
  const auto add = [&](const auto& spec) {
    const NodeId id{static_cast<std::uint32_t>(inhabitants_.size() + 1)};
    inhabitants_.push_back(make_inhabitant(spec, id, ground));
    nodes::Machine& machine = *inhabitants_.back().machine;
    network_.add_machine(id, machine.address(), machine);
  };
  for (const DeviceSpec& device : scenario_.devices) add(device);
  for (const HostSpec& host : scenario_.hosts) add(host);

  auto inhabitant = inhabitants_.begin();
  for (const DeviceSpec& device : scenario_.devices) start_programs(*inhabitant++, device, ground);
  for (const HostSpec& host : scenario_.hosts) start_programs(*inhabitant++, host, ground);
}

void World::build_links() {
  for (const LinkSpec& spec : scenario_.links) {
    if (spec.a.empty()) network_.set_default_link(network_link(spec));
  }
  for (const LinkSpec& spec : scenario_.links) {
    if (spec.a.empty()) continue;
    const NodeId a = find(spec.a)->machine->id();
    const NodeId b = find(spec.b)->machine->id();
    network_.set_link(a, b, network_link(spec));
    recorder_.record(
        kNoNode, kNoConnection,
        journal::LinkAdded{a, b, spec.latency, spec.bytes_per_second, spec.segment_bytes});
  }
}

const Inhabitant* World::find(std::string_view name) const {
  const auto found = std::find_if(inhabitants_.begin(), inhabitants_.end(),
                                  [&](const Inhabitant& i) { return i.name == name; });
  return found == inhabitants_.end() ? nullptr : &*found;
}

bool World::step() {
  const auto next = scheduler_.next_time();
  if (!next) return false;
  const bool awaited = scheduler_.keeping_running() > 0 || *next <= VirtualTime{} + scenario_.until;
  if (!awaited) return false;
  scheduler_.step();
  director_->look_at_new_events();
  return true;
}

void World::run() {
  while (step()) {
  }
}

}  // namespace mailwalk::world
