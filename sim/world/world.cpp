#include "world/world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "net/virtual_network.hpp"
#include "world/director.hpp"
#include "world/intervention.hpp"
#include "world/problems.hpp"

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

std::unique_ptr<net::WorldNetwork> make_virtual_network(net::Scheduler& scheduler,
                                                        std::uint64_t seed) {
  return std::make_unique<net::VirtualNetwork>(scheduler, seed);
}

// In virtual time keys follow from the seed, and certificates are valid by the scenario's dates.
// Real programs look at a real clock, and may not foresee anything.
tls::IssuerOptions issuer_options(const net::WorldNetwork& network, const Scenario& scenario) {
  if (const auto start = network.real_unix_seconds()) {
    return {tls::Randomness::System, scenario.seed, *start};
  }
  return {tls::Randomness::Seeded, scenario.seed, scenario.calendar.start_unix_seconds};
}

IpAddress name_server_of(const Scenario& scenario) {
  for (const HostSpec& host : scenario.hosts) {
    if (host.name_server) return host.address;
  }
  return {};
}

}  // namespace

World::World(Scenario scenario, std::uint64_t most_events)
    : World(Recipe{std::move(scenario)}, most_events) {}

World::World(Recipe recipe, std::uint64_t most_events)
    : World(std::move(recipe), most_events, make_virtual_network) {}

World::World(Scenario scenario, const NetworkMaker& make_network, std::uint64_t most_events)
    : World(Recipe{std::move(scenario)}, most_events, make_network) {}

World::World(Recipe recipe, std::uint64_t most_events, const NetworkMaker& make_network)
    : scenario_(std::move(recipe.scenario)),
      recorder_(journal_),
      scheduler_(recorder_),
      network_(make_network(scheduler_, scenario_.seed)),
      issuer_(issuer_options(*network_, scenario_)),
      inputs_(std::move(recipe.inputs)),
      most_events_(most_events) {
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
  const auto record = [this](journal::Payload payload) {
    recorder_.record(kNoNode, kNoConnection, std::move(payload));
  };
  for (const MailFile& mail : scenario_.mail_files) {
    record(journal::MailFileGiven{Bytes(mail.name), mail.content});
  }
  if (scenario_.overrides.mode) record(journal::ModeOverridden{*scenario_.overrides.mode});
  if (scenario_.overrides.mail) record(journal::MailOverridden{*scenario_.overrides.mail});
  if (scenario_.overrides.tls == OfferTls::Everywhere) record(journal::TlsOverridden{});
}

void World::populate() {
  const Ground ground{
      scenario_, {*network_, scheduler_, scenario_.calendar, issuer_}, name_server_of(scenario_)};
  const auto add = [&](const auto& spec) {
    const NodeId id{static_cast<std::uint32_t>(inhabitants_.size() + 1)};
    inhabitants_.push_back(make_inhabitant(spec, id, ground));
    nodes::Machine& machine = *inhabitants_.back().machine;
    network_->add_machine(id, machine.address(), machine);
  };
  for (const DeviceSpec& device : scenario_.devices) add(device);
  for (const HostSpec& host : scenario_.hosts) add(host);

  auto inhabitant = inhabitants_.begin();
  for (const DeviceSpec& device : scenario_.devices) start_programs(*inhabitant++, device, ground);
  for (const HostSpec& host : scenario_.hosts) {
    Inhabitant& here = *inhabitant++;
    if (host.external) {
      network_->lead_outside(here.machine->id(), *host.external);
    } else {
      start_programs(here, host, ground);
    }
  }
}

void World::build_links() {
  for (const LinkSpec& spec : scenario_.links) {
    if (spec.a.empty()) network_->set_default_link(network_link(spec));
  }
  for (const LinkSpec& spec : scenario_.links) {
    if (spec.a.empty()) continue;
    const NodeId a = find(spec.a)->machine->id();
    const NodeId b = find(spec.b)->machine->id();
    network_->set_link(a, b, network_link(spec));
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

const Inhabitant* World::find(NodeId id) const {
  if (id == kNoNode || id.value() > inhabitants_.size()) return nullptr;
  return &inhabitants_[id.value() - 1];
}

void World::draw_from(std::uint64_t seed) {
  network_->reseed(seed);
  for (const Inhabitant& inhabitant : inhabitants_) {
    nodes::Machine& machine = *inhabitant.machine;
    machine.prng() = Prng(machine_seed(seed, machine.id()));
  }
}

// ---- Steps -----------------------------------------------------------------------------------

bool World::input_is_next() const {
  return next_input_ < inputs_.size() && inputs_[next_input_].after_steps <= steps_;
}

void World::apply_next_input() {
  const Done done = intervene(*this, inputs_[next_input_++].change);
  if (!done) trouble_ = done.error();
}

bool World::step() {
  if (trouble_) return false;
  if (input_is_next()) {
    apply_next_input();
    return !trouble_;
  }
  const auto next = scheduler_.next_time();
  const bool awaited =
      next && (scheduler_.keeping_running() > 0 || *next <= VirtualTime{} + scenario_.until);
  if (!awaited) {
    if (next_input_ < inputs_.size()) {
      trouble_ = make_error("the run was over before somebody did what was recorded",
                            "make it again with the version that recorded it");
    }
    return false;
  }
  take_step();
  return true;
}

bool World::step_by(VirtualTime now) {
  const auto next = scheduler_.next_time();
  if (trouble_ || !next || *next > now) return false;
  take_step();
  return true;
}

void World::take_step() {
  scheduler_.step();
  ++steps_;
  director_->look_at_new_events();
  network_->end_step();
  if (journal_.size() >= most_events_) {
    trouble_ = make_error(fmt::format("more than {} events: the run was stopped", most_events_),
                          "let it end earlier, or let devices ask less often");
  }
}

Done World::run() {
  while (step()) {
  }
  return trouble_ ? Done(*trouble_) : done();
}

}  // namespace mailwalk::world
