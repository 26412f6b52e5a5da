#include "gui/inspector/state_map.hpp"

#include <algorithm>
#include <string>

#include "export/meanings_smtp.hpp"
#include "pop3/transitions.hpp"
#include "smtp/transitions.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

void check_map(const StateMap& map) {
  REQUIRE(map.now < map.states.size());
  CHECK_FALSE(map.now_means.empty());
  for (const auto& [from, to] : map.ways) {
    REQUIRE(from < map.states.size());
    REQUIRE(to < map.states.size());
    CHECK(from != to);
  }
  for (const StateMap::Move& move : map.moves) REQUIRE(move.to < map.states.size());
}

}  // namespace

TEST_CASE("the map of SMTP has every legal move of every state, and no other", "[gui][states]") {
  for (std::size_t i = 0; i < smtp::kStateCount; ++i) {
    const auto state = static_cast<smtp::State>(i);
    const StateMap map =
        state_map(state, std::nullopt, Offered{true, true}, exporting::Language::English);
    INFO(smtp::name(state));
    check_map(map);
    CHECK(map.states[map.now] == exporting::name_of(state).english);
    std::size_t legal = 0;
    for (std::size_t v = 0; v < smtp::kVerbCount; ++v) {
      const auto verb = static_cast<smtp::Verb>(v);
      const auto move = std::find_if(map.moves.begin(), map.moves.end(),
                                     [&](const auto& m) { return m.verb == smtp::name(verb); });
      CHECK((move != map.moves.end()) == smtp::is_allowed(state, verb));
      if (move == map.moves.end()) continue;
      ++legal;
      CHECK(map.states[move->to] == exporting::name_of(smtp::transition(state, verb).next).english);
    }
    CHECK(legal == map.moves.size());
  }
}

TEST_CASE("what the server does not offer is no move, unless it was said all the same",
          "[gui][states]") {
  const auto moves = [](const std::optional<journal::Verb>& said, Offered offered) {
    const StateMap map = state_map(smtp::State::Ready, said, offered, exporting::Language::English);
    std::string verbs;
    for (const StateMap::Move& move : map.moves) verbs += move.verb + " ";
    return verbs;
  };
  CHECK(moves({}, {}).find("AUTH") == std::string::npos);
  CHECK(moves({}, {}).find("STARTTLS") == std::string::npos);
  CHECK(moves({}, {false, true}).find("AUTH") != std::string::npos);
  CHECK(moves(journal::Verb{smtp::Verb::Starttls}, {}).find("STARTTLS") != std::string::npos);
}

TEST_CASE("the map of POP3 has every legal move of every state, and no other", "[gui][states]") {
  for (std::size_t i = 0; i < pop3::kStateCount; ++i) {
    const auto state = static_cast<pop3::State>(i);
    const StateMap map = state_map(state, pop3::Verb::Quit, {}, exporting::Language::Indonesian);
    check_map(map);
    CHECK(map.states[map.now] == pop3::name(state));
    CHECK(map.moves.size() == pop3::legal_verbs(state).size());
    for (const StateMap::Move& move : map.moves) CHECK(move.chosen == (move.verb == "QUIT"));
  }
}
