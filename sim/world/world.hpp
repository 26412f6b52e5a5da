// A scenario brought to life: machines, network, virtual time, journal.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"
#include "journal/recorder.hpp"
#include "net/scheduler.hpp"
#include "net/virtual_network.hpp"
#include "world/inhabitant.hpp"
#include "world/scenario.hpp"

namespace mailwalk::world {

class Director;

class World {
 public:
  // Sets the stage and records it: the first events of the journal. Nothing has happened yet.
  explicit World(Scenario scenario);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Lets the next thing happen, with all events that come of it at once. False: it is over. It is
  // over when nothing but regular polls is left to happen, and not before Scenario::until.
  bool step();

  // To the end.
  void run();

  [[nodiscard]] const journal::Journal& journal() const { return journal_; }
  [[nodiscard]] journal::Journal& journal() { return journal_; }
  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] VirtualTime now() const { return scheduler_.now(); }

  // For those who take part (the director, a person at a machine). Readers use the journal.
  [[nodiscard]] const std::vector<Inhabitant>& inhabitants() const { return inhabitants_; }
  // nullptr if there is no machine of that name.
  [[nodiscard]] const Inhabitant* find(std::string_view name) const;
  [[nodiscard]] net::VirtualNetwork& network() { return network_; }
  [[nodiscard]] net::Scheduler& scheduler() { return scheduler_; }
  [[nodiscard]] journal::Recorder& recorder() { return recorder_; }

 private:
  void record_run();
  void build_links();
  void populate();

  Scenario scenario_;
  journal::Journal journal_;
  journal::Recorder recorder_;
  net::Scheduler scheduler_;
  net::VirtualNetwork network_;
  std::vector<Inhabitant> inhabitants_;
  std::unique_ptr<Director> director_;
};

}  // namespace mailwalk::world
