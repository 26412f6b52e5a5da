#include "gui/link_history.hpp"

#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

TEST_CASE("a link that is cut stays so until somebody calls again", "[gui][link]") {
  const auto document = test::lesson("delete-mode");
  const LinkHistory& history = document->index().links();
  EventPosition reset = kNoEvent;
  EventPosition called_again = kNoEvent;
  LinkEnds link{};
  for (const journal::Event& event : document->journal()) {
    if (journal::payload_if<journal::ConnectionReset>(event) != nullptr && reset == kNoEvent) {
      reset = event.position;
    }
    const auto* opening = journal::payload_if<journal::ConnectionOpening>(event);
    if (opening == nullptr || opening->port != kPop3Port) continue;
    link = link_between(event.node, opening->to);
    if (reset != kNoEvent && called_again == kNoEvent) called_again = event.position;
  }
  REQUIRE(reset != kNoEvent);
  REQUIRE(called_again != kNoEvent);
  const auto before = [](EventPosition position) { return EventPosition{position.value() - 1}; };
  CHECK(history.at(link, kNoEvent).condition == LinkCondition::Idle);
  CHECK(history.at(link, before(reset)).condition == LinkCondition::Open);
  CHECK(history.at(link, reset).condition == LinkCondition::Cut);
  CHECK(history.at(link, before(called_again)).condition == LinkCondition::Cut);
  CHECK(history.at(link, called_again).condition == LinkCondition::Calling);
  CHECK(history.at(link, called_again).lane == Lane::Pull);
  const EventPosition last{document->journal().size() - 1};
  CHECK(history.at(link, last).condition == LinkCondition::Idle);
}
