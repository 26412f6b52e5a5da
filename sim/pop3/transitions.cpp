#include "pop3/transitions.hpp"

namespace mailwalk::pop3 {
namespace {

constexpr std::array<std::string_view, kStateCount> kStateNames{"CONNECTED", "AUTHORIZATION",
                                                                "TRANSACTION", "UPDATE", "CLOSED"};
static_assert(static_cast<std::size_t>(State::Closed) == kStateCount - 1);

constexpr bool no_command_is_listed_twice() {
  for (std::size_t i = 0; i < kTransitions.size(); ++i) {
    for (std::size_t k = i + 1; k < kTransitions.size(); ++k) {
      if (kTransitions[i].from == kTransitions[k].from &&
          kTransitions[i].verb == kTransitions[k].verb) {
        return false;
      }
    }
  }
  return true;
}
static_assert(no_command_is_listed_twice());

}  // namespace

std::string_view name(State state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

const Transition* find_transition(State from, Verb verb) {
  for (const Transition& transition : kTransitions) {
    if (transition.from == from && transition.verb == verb) return &transition;
  }
  return nullptr;
}

std::optional<State> state_after(State from, Occasion occasion) {
  for (const Passage& passage : kPassages) {
    if (passage.from == from && passage.occasion == occasion) return passage.to;
  }
  return std::nullopt;
}

std::vector<Verb> legal_verbs(State from) {
  std::vector<Verb> verbs;
  for (const Transition& transition : kTransitions) {
    if (transition.from == from) verbs.push_back(transition.verb);
  }
  return verbs;
}

}  // namespace mailwalk::pop3
