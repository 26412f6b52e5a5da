#include "world/forking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "journal/comparison.hpp"
#include "smtp/command.hpp"
#include "world/command_at.hpp"
#include "world/intervention.hpp"
#include "world/problems.hpp"

namespace mailwalk::world {
namespace {

using journal::AnswerReplaced;
using journal::CommandTyped;
using journal::Event;
using journal::payload_if;

bool begins_content(const CommandTyped& typed) {
  return smtp::parse_command(typed.line.view()).verb == smtp::Verb::Data;
}

// Whether one more turn of the kind that the change waits for has passed.
bool is_turn(const Event& event, const Change& change) {
  if (event.connection != change.connection || event.node != change.machine) return false;
  if (std::holds_alternative<CommandTyped>(change.what)) {
    return payload_if<journal::CommandSent>(event) != nullptr;
  }
  return payload_if<journal::CommandReceived>(event) != nullptr ||
         payload_if<journal::ContentReceived>(event) != nullptr;
}

// How many turns are still to come before it, for the two changes that are laid ready.
void count_ahead(Change& change, std::uint32_t turns) {
  if (auto* typed = std::get_if<CommandTyped>(&change.what)) typed->commands_ahead += turns;
  if (auto* answer = std::get_if<AnswerReplaced>(&change.what)) answer->commands_ahead += turns;
}

// Where the command begins: at the event before it, if a person typed it.
EventPosition begin_of(const journal::Journal& journal, EventPosition command) {
  if (command.value() == 0) return command;
  const Event& before = journal[EventPosition{command.value() - 1}];
  const bool was_typed = payload_if<CommandTyped>(before) != nullptr &&
                         before.connection == journal[command].connection;
  return was_typed ? before.position : command;
}

bool is_told_at(const Event& event) {
  return payload_if<CommandTyped>(event) != nullptr || payload_if<AnswerReplaced>(event) != nullptr;
}

}  // namespace

Forking::Forking(const journal::Journal& parent, EventPosition position, Change change)
    : parent_(parent), position_(position), change_(std::move(change)) {
  settle(prepare());
}

// ---- What the change asks for ------------------------------------------------------------------

Done Forking::prepare() {
  if (position_.value() >= parent_.size()) {
    return make_error(fmt::format("there is no event {}", position_.value()),
                      fmt::format("the run has {}", parent_.size()));
  }
  Result<Recipe> recipe = recipe_of(parent_);
  if (!recipe) return recipe.error();
  recipe_ = std::move(*recipe);
  if (std::holds_alternative<AnswerReplaced>(change_.what)) return prepare_answer();
  if (std::holds_alternative<CommandTyped>(change_.what)) return prepare_typing();
  const Event& event = parent_[position_];
  if (change_.machine == kNoNode) change_.machine = event.node;
  const bool on_line = std::holds_alternative<journal::LineCut>(change_.what);
  if (on_line && change_.connection == kNoConnection) change_.connection = event.connection;
  event_ = position_;
  shared_ = position_.value() + 1;
  begin_again(EventPosition{shared_});
  return done();
}

Done Forking::prepare_answer() {
  const auto command = command_read_at(parent_, position_);
  if (!command) {
    return make_error("this event is no command that a server has read, and no reply to one",
                      "point at a command or at its reply");
  }
  change_.machine = parent_[*command].node;
  change_.connection = parent_[*command].connection;
  event_ = *command;
  shared_ = command->value() + 1;
  moment_ = Moment::Before;
  phase_ = Phase::Scout;
  begin_again(event_);
  return done();
}

Done Forking::prepare_typing() {
  if (change_.connection == kNoConnection) change_.connection = parent_[position_].connection;
  const auto command = change_.connection == kNoConnection
                           ? std::nullopt
                           : command_sent_from(parent_, position_, change_.connection);
  if (!command) {
    return make_error("no client sends a command on this connection after this",
                      "point at an earlier event");
  }
  const Event& sent = parent_[*command];
  const journal::Verb verb = payload_if<journal::CommandSent>(sent)->verb;
  if (begins_content(std::get<CommandTyped>(change_.what)) &&
      verb != journal::Verb(smtp::Verb::Data)) {
    return make_error("DATA begins the content, and the client has not come so far",
                      "type it in the place of the client's own DATA");
  }
  change_.machine = sent.node;
  event_ = begin_of(parent_, *command);
  shared_ = event_.value();
  moment_ = Moment::Before;
  phase_ = Phase::Scout;
  begin_again(event_);
  return done();
}

// The run at its beginning, with what persons did before the position.
void Forking::begin_again(EventPosition before) {
  Recipe part = recipe_;
  auto& inputs = part.inputs;
  inputs.erase(std::remove_if(inputs.begin(), inputs.end(),
                              [&](const RecordedInput& input) { return input.at >= before; }),
               inputs.end());
  world_ = std::make_unique<World>(std::move(part));
}

// ---- The work ----------------------------------------------------------------------------------

bool Forking::advance(std::uint64_t pieces) {
  for (; pieces > 0 && phase_ != Phase::Done; --pieces) {
    switch (phase_) {
      case Phase::Scout: scout(); break;
      case Phase::Rerun: rerun(); break;
      case Phase::Compare: compare(); break;
      case Phase::Done: break;
    }
  }
  return phase_ == Phase::Done;
}

void Forking::scout() {
  events_scouted_ = world_->journal().size();
  if (events_scouted_ <= event_.value()) {
    steps_before_ = world_->steps();
    if (world_->step()) return;
  }
  begin_again(event_);
  phase_ = Phase::Rerun;
}

void Forking::rerun() {
  if (moment_ == Moment::After) {
    const bool goes_on = world_->journal().size() < shared_ || world_->input_is_next();
    if (goes_on && world_->step()) return;
    phase_ = Phase::Compare;
    return;
  }
  const bool goes_on = world_->steps() < steps_before_ || world_->input_is_next();
  if (goes_on && world_->step()) return;
  lay_ready();
}

void Forking::lay_ready() {
  std::uint32_t turns = 0;
  for (std::uint64_t i = world_->journal().size(); i < event_.value(); ++i) {
    if (is_turn(parent_[EventPosition{i}], change_)) ++turns;
  }
  count_ahead(change_, turns);
  const Done laid = intervene(*world_, change_);
  if (laid) world_->step();
  phase_ = Phase::Compare;
  settle(laid);
}

void Forking::compare() {
  if (compared_ == shared_) {
    finish();
    return;
  }
  const EventPosition at{compared_++};
  const journal::Journal& again = world_->journal();
  if (at.value() < again.size() && journal::same_event(parent_[at], again[at])) return;
  settle(make_error(
      fmt::format("this run cannot be made again: event {} comes out otherwise", at.value()),
      "use the version of the program that it was made with"));
}

void Forking::finish() {
  phase_ = Phase::Done;
  if (moment_ == Moment::After) {
    settle(intervene(*world_, change_));
    return;
  }
  const journal::Journal& journal = world_->journal();
  if (journal.size() <= shared_ || !is_told_at(journal[EventPosition{shared_}])) {
    settle(make_error("nobody can step in at this command", "choose another one"));
  }
}

void Forking::settle(const Done& done) {
  if (done) return;
  error_ = done.error();
  phase_ = Phase::Done;
}

double Forking::progress() const {
  if (phase_ == Phase::Done) return 1;
  const double runs = moment_ == Moment::Before ? 2 : 1;
  const double events = static_cast<double>(event_.value() + 1);
  const auto part = [&](std::uint64_t count) {
    return std::min(static_cast<double>(count) / events, 1.0);
  };
  double so_far = phase_ == Phase::Scout ? 0 : part(world_->journal().size()) + part(compared_);
  if (moment_ == Moment::Before) so_far += part(events_scouted_);
  return so_far / (runs + 1);
}

Result<std::unique_ptr<World>> Forking::take() {
  if (error_) return *error_;
  return std::move(world_);
}

}  // namespace mailwalk::world
