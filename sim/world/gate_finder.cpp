#include "world/gate_finder.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/one_of.hpp"
#include "world/change.hpp"
#include "world/world.hpp"

namespace mailwalk::world {

using journal::Event;
using journal::payload_if;
using journal::Verb;

namespace {

bool is_among(const std::vector<Verb>& verbs, const Verb& verb) {
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

std::optional<Verb> verb_sent(const Event& event) {
  if (const auto* command = payload_if<journal::CommandSent>(event)) return command->verb;
  if (payload_if<journal::ContentSent>(event) != nullptr) return smtp::Verb::EndOfData;
  return std::nullopt;
}

}  // namespace

GateFinder::GateFinder(std::vector<Gate> gates) : gates_(std::move(gates)) {
  for (const Gate& gate : gates_) sought_.push_back({gate.before.nth});
}

bool GateFinder::is_at(NodeId node, const std::string& machine) const {
  const auto found = names_.find(node);
  return found != names_.end() && found->second == machine;
}

bool GateFinder::fits(const GateMoment& moment, const Event& event) const {
  if (const auto* calls = std::get_if<MachineCalls>(&moment.what)) {
    const auto* opening = payload_if<journal::ConnectionOpening>(event);
    return opening != nullptr && is_at(event.node, calls->by) && is_at(opening->to, calls->called);
  }
  if (const auto* sends = std::get_if<ClientSends>(&moment.what)) {
    const auto verb = verb_sent(event);
    return verb && is_at(event.node, sends->by) && is_among(sends->verbs, *verb);
  }
  const auto* answers = std::get_if<ServerAnswers>(&moment.what);
  const auto* reply = payload_if<journal::ReplySent>(event);
  return answers != nullptr && reply != nullptr && reply->to && is_at(event.node, answers->by) &&
         is_among(answers->verbs, *reply->to);
}

bool GateFinder::is_from_outside(const Event& event) {
  return std::visit(
      [](const auto& payload) {
        using P = std::decay_t<decltype(payload)>;
        return std::is_constructible_v<Input, P> ||
               is_one_of<P, journal::ModeOverridden, journal::MailOverridden, journal::RunServed>;
      },
      event.payload);
}

void GateFinder::add(const Event& event) {
  if (gates_.empty() || goes_its_own_way_) return;
  goes_its_own_way_ = is_from_outside(event);
  if (const auto* machine = payload_if<journal::MachineAdded>(event)) {
    names_[event.node] = std::string(machine->name.view());
  }
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    Sought& sought = sought_[i];
    if (sought.left == 0 || !fits(gates_[i].before, event)) continue;
    if (--sought.left == 0) sought.at = event.position;
  }
}

std::optional<EventPosition> GateFinder::moment(std::size_t gate) const {
  if (goes_its_own_way_ || sought_[gate].left > 0) return std::nullopt;
  return sought_[gate].at;
}

std::vector<Error> find_idle_gates(const Scenario& scenario) {
  std::vector<Error> errors;
  if (scenario.gates.empty()) return errors;
  World world(scenario);
  world.run();
  GateFinder finder(scenario.gates);
  for (const Event& event : world.journal()) finder.add(event);
  for (std::size_t i = 0; i < scenario.gates.size(); ++i) {
    if (finder.moment(i)) continue;
    Error error = make_error("this gate never comes: what it asks about does not happen so often",
                             "look with `mailwalk run` what does, and change \"before\"");
    error.file = scenario.file;
    error.line = scenario.gates[i].place.line;
    error.column = scenario.gates[i].place.column;
    errors.push_back(std::move(error));
  }
  return errors;
}

}  // namespace mailwalk::world
