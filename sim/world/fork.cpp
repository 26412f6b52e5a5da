#include "world/fork.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "journal/comparison.hpp"
#include "smtp/command.hpp"
#include "world/command_at.hpp"
#include "world/intervention.hpp"
#include "world/problems.hpp"
#include "world/recipe.hpp"

namespace mailwalk::world {
namespace {

using journal::AnswerReplaced;
using journal::CommandTyped;
using journal::Event;
using journal::Journal;
using journal::payload_if;
using ForkedWorld = Result<std::unique_ptr<World>>;

// The run at its beginning, with what persons did before the position.
std::unique_ptr<World> begin_again(const Recipe& recipe, EventPosition before) {
  Recipe part = recipe;
  auto& inputs = part.inputs;
  inputs.erase(std::remove_if(inputs.begin(), inputs.end(),
                              [&](const RecordedInput& input) { return input.at >= before; }),
               inputs.end());
  return std::make_unique<World>(std::move(part));
}

// Goes on until the journal has so many events, to the end of that step. Returns how many steps
// were taken before the last one.
std::uint64_t run_to(World& world, std::uint64_t events) {
  std::uint64_t before = world.steps();
  while (world.journal().size() < events) {
    before = world.steps();
    if (!world.step()) break;
  }
  return before;
}

Done check_shared(const Journal& parent, const Journal& again, std::uint64_t events) {
  for (std::uint64_t i = 0; i < events; ++i) {
    const EventPosition at{i};
    if (i < again.size() && journal::same_event(parent[at], again[at])) continue;
    return make_error(fmt::format("this run cannot be made again: event {} comes out otherwise", i),
                      "use the version of the program that it was made with");
  }
  return done();
}

// ---- After the step of an event ---------------------------------------------------------------

ForkedWorld change_after(const Journal& parent, const Recipe& recipe, EventPosition position,
                         const Change& change) {
  const std::uint64_t shared = position.value() + 1;
  std::unique_ptr<World> world = begin_again(recipe, EventPosition{shared});
  run_to(*world, shared);
  while (world->input_is_next() && world->step()) {
  }
  const Done same = check_shared(parent, world->journal(), shared);
  if (!same) return same.error();
  const Done changed = intervene(*world, change);
  if (!changed) return changed.error();
  return world;
}

// ---- Before the step of an event --------------------------------------------------------------

// The world right before the step in which the event comes about.
std::unique_ptr<World> world_before(const Recipe& recipe, EventPosition event) {
  const std::unique_ptr<World> scout = begin_again(recipe, event);
  const std::uint64_t steps = run_to(*scout, event.value() + 1);
  std::unique_ptr<World> world = begin_again(recipe, event);
  while ((world->steps() < steps || world->input_is_next()) && world->step()) {
  }
  return world;
}

// Lays it ready and lets the step happen. `shared`: so many events are the parent's.
template <class What>
ForkedWorld change_before(const Journal& parent, const Recipe& recipe, EventPosition command,
                          std::uint64_t shared, Change change) {
  std::unique_ptr<World> world = world_before(recipe, command);
  What& what = std::get<What>(change.what);
  for (std::uint64_t i = world->journal().size(); i < command.value(); ++i) {
    const Event& event = parent[EventPosition{i}];
    if (event.connection != change.connection || event.node != change.machine) continue;
    constexpr bool kTyped = std::is_same_v<What, CommandTyped>;
    if (kTyped ? payload_if<journal::CommandSent>(event) != nullptr
               : payload_if<journal::CommandReceived>(event) != nullptr ||
                     payload_if<journal::ContentReceived>(event) != nullptr) {
      ++what.commands_ahead;
    }
  }
  const Done laid_ready = intervene(*world, change);
  if (!laid_ready) return laid_ready.error();
  world->step();
  const Done same = check_shared(parent, world->journal(), shared);
  if (!same) return same.error();
  const Journal& journal = world->journal();
  if (journal.size() <= shared || !payload_if<What>(journal[EventPosition{shared}])) {
    return make_error("nobody can step in at this command", "choose another one");
  }
  return world;
}

ForkedWorld answer(const Journal& parent, const Recipe& recipe, EventPosition position,
                   Change change) {
  const auto command = command_read_at(parent, position);
  if (!command) {
    return make_error("this event is no command that a server has read, and no reply to one",
                      "point at a command or at its reply");
  }
  change.machine = parent[*command].node;
  change.connection = parent[*command].connection;
  return change_before<AnswerReplaced>(parent, recipe, *command, command->value() + 1,
                                       std::move(change));
}

bool begins_content(const CommandTyped& typed) {
  return smtp::parse_command(typed.line.view()).verb == smtp::Verb::Data;
}

ForkedWorld type(const Journal& parent, const Recipe& recipe, EventPosition position,
                 Change change) {
  if (change.connection == kNoConnection) change.connection = parent[position].connection;
  const auto command = change.connection == kNoConnection
                           ? std::nullopt
                           : command_sent_from(parent, position, change.connection);
  if (!command) {
    return make_error("no client sends a command on this connection after this",
                      "point at an earlier event");
  }
  const Event& sent = parent[*command];
  const journal::Verb verb = payload_if<journal::CommandSent>(sent)->verb;
  if (begins_content(std::get<CommandTyped>(change.what)) &&
      verb != journal::Verb(smtp::Verb::Data)) {
    return make_error("DATA begins the content, and the client has not come so far",
                      "type it in the place of the client's own DATA");
  }
  change.machine = sent.node;
  return change_before<CommandTyped>(parent, recipe, *command, command->value(), std::move(change));
}

}  // namespace

ForkedWorld remake(const Journal& run) {
  Result<Recipe> recipe = recipe_of(run);
  if (!recipe) return recipe.error();
  return std::make_unique<World>(std::move(*recipe));
}

ForkedWorld fork(const Journal& parent, EventPosition position, Change change) {
  if (position.value() >= parent.size()) {
    return make_error(fmt::format("there is no event {}", position.value()),
                      fmt::format("the run has {}", parent.size()));
  }
  const Result<Recipe> recipe = recipe_of(parent);
  if (!recipe) return recipe.error();
  if (std::holds_alternative<AnswerReplaced>(change.what)) {
    return answer(parent, *recipe, position, std::move(change));
  }
  if (std::holds_alternative<CommandTyped>(change.what)) {
    return type(parent, *recipe, position, std::move(change));
  }
  const Event& event = parent[position];
  if (change.machine == kNoNode) change.machine = event.node;
  const bool on_line = std::holds_alternative<journal::LineCut>(change.what);
  if (on_line && change.connection == kNoConnection) change.connection = event.connection;
  return change_after(parent, *recipe, position, change);
}

}  // namespace mailwalk::world
