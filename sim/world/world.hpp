// A scenario brought to life: machines, network, virtual time, journal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "journal/journal.hpp"
#include "journal/recorder.hpp"
#include "net/scheduler.hpp"
#include "net/world_network.hpp"
#include "tls/issuer.hpp"
#include "world/inhabitant.hpp"
#include "world/recipe.hpp"
#include "world/scenario.hpp"

namespace mailwalk::world {

class Director;

// A run ends here, whatever else would happen: no lesson needs so many events, and a device that
// asks every second for years would fill any memory. So many take some 1 GB.
inline constexpr std::uint64_t kMostEvents = 5'000'000;

// Makes the network for a world; the seed is for what it draws by lot.
using NetworkMaker =
    std::function<std::unique_ptr<net::WorldNetwork>(net::Scheduler&, std::uint64_t seed)>;

class World {
 public:
  // Sets the stage and records it: the first events of the journal. Nothing has happened yet.
  explicit World(Scenario scenario, std::uint64_t most_events = kMostEvents);
  // The same, for a run that is made again: what persons did in it happens in its turn.
  explicit World(Recipe recipe, std::uint64_t most_events = kMostEvents);
  // The same on another network than the virtual one.
  World(Scenario scenario, const NetworkMaker& make_network,
        std::uint64_t most_events = kMostEvents);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Lets the next thing happen, with all events that come of it at once. False: it is over. It is
  // over when nothing but regular polls is left to happen, and not before Scenario::until; or when
  // it cannot go on, and trouble() says why.
  bool step();

  // The same where time is real: lets the next thing happen if its time has come. False: it has
  // not, or the run cannot go on. There is no end as long as somebody may call.
  bool step_by(VirtualTime now);

  // Before the first step: goes on with a run that was served and whose program has ended, in its
  // journal. Every machine has what it had; what was connected is cut. The next second of the run
  // begins, however long nobody served it. An error, and nothing has happened, if the journal does
  // not begin as this world's, or cannot be that of a run.
  Done take_up(journal::Journal past);

  // To the end; the error is trouble().
  Done run();

  // A run with too many events, or one that cannot be made again as it was recorded.
  [[nodiscard]] const std::optional<Error>& trouble() const { return trouble_; }

  // Steps that were taken. What persons did is none.
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  // Something that a person did when the run was recorded is what happens next.
  [[nodiscard]] bool input_is_next() const;

  [[nodiscard]] const journal::Journal& journal() const { return journal_; }
  [[nodiscard]] journal::Journal& journal() { return journal_; }
  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] VirtualTime now() const { return scheduler_.now(); }

  // For those who take part (the director, a person at a machine). Readers use the journal.
  [[nodiscard]] const std::vector<Inhabitant>& inhabitants() const { return inhabitants_; }
  // nullptr if there is no machine of that name.
  [[nodiscard]] const Inhabitant* find(std::string_view name) const;
  [[nodiscard]] const Inhabitant* find(NodeId id) const;
  [[nodiscard]] net::WorldNetwork& network() { return *network_; }
  [[nodiscard]] net::Scheduler& scheduler() { return scheduler_; }
  [[nodiscard]] journal::Recorder& recorder() { return recorder_; }
  [[nodiscard]] Director& director() { return *director_; }
  [[nodiscard]] tls::Issuer& issuer() { return issuer_; }
  // Whatever is drawn by lot from now on is drawn as in a world with this seed.
  void draw_from(std::uint64_t seed);

 private:
  World(Recipe recipe, std::uint64_t most_events, const NetworkMaker& make_network);
  void record_run();
  void build_links();
  void populate();
  void apply_next_input();
  void take_step();
  [[nodiscard]] Done check_past(const journal::Journal& past) const;
  void recall(const journal::Event& event);
  void recall_take_up();

  Scenario scenario_;
  journal::Journal journal_;
  journal::Recorder recorder_;
  net::Scheduler scheduler_;
  std::unique_ptr<net::WorldNetwork> network_;
  tls::Issuer issuer_;
  std::vector<Inhabitant> inhabitants_;
  std::unique_ptr<Director> director_;
  std::vector<RecordedInput> inputs_;  // of the run that is made again
  std::size_t next_input_ = 0;
  std::uint64_t steps_ = 0;
  std::uint64_t most_events_;
  std::optional<Error> trouble_;
};

}  // namespace mailwalk::world
