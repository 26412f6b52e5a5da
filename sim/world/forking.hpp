// A fork that is made piece by piece, so that whoever waits for it can do something else meanwhile:
// making a long run again takes its time, and a window must not freeze.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "world/change.hpp"
#include "world/recipe.hpp"
#include "world/world.hpp"

namespace mailwalk::world {

class Forking {
 public:
  // What comes of it is what world/fork.hpp says. The parent must outlive this; it may grow.
  Forking(const journal::Journal& parent, EventPosition position, Change change);

  // Does at most so many pieces of the work: a step of the world, or the comparison of one event.
  // Returns whether all is done.
  bool advance(std::uint64_t pieces);
  [[nodiscard]] bool is_done() const { return phase_ == Phase::Done; }
  // How much is done, 0 to 1.
  [[nodiscard]] double progress() const;
  // The changed world, or why there is none. REQUIRES that it is done, and is asked once.
  Result<std::unique_ptr<World>> take();

 private:
  // When the change is made: after the step in which an event came about, or laid ready before it.
  enum class Moment : std::uint8_t { After, Before };
  enum class Phase : std::uint8_t {
    Scout,    // goes ahead to learn in which step the event comes about
    Rerun,    // makes the run again up to there
    Compare,  // whether it came out as the parent has it
    Done,
  };

  Done prepare();
  Done prepare_answer();
  Done prepare_typing();
  void begin_again(EventPosition before);
  void scout();
  void rerun();
  void compare();
  void lay_ready();
  void finish();
  void settle(const Done& done);

  const journal::Journal& parent_;
  EventPosition position_;
  Change change_;
  Recipe recipe_;
  Moment moment_ = Moment::After;
  Phase phase_ = Phase::Rerun;
  EventPosition event_;               // to which the run is made again
  std::uint64_t shared_ = 0;          // so many events have to be the parent's
  std::uint64_t steps_before_ = 0;    // the step of the event, as the scout found it
  std::uint64_t compared_ = 0;        //
  std::uint64_t events_scouted_ = 0;  //
  std::unique_ptr<World> world_;
  std::optional<Error> error_;
};

}  // namespace mailwalk::world
