#include "gui/link_history.hpp"

#include <utility>

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

namespace {

// A line between machines 1 and 2 that a fault holds up from one event on.
class HeldLine {
 public:
  HeldLine() {
    add(kLine, journal::ConnectionOpening{NodeId{2}, {}, kPop3Port});
    add(kLine, journal::ConnectionOpened{});
  }

  EventPosition add(ConnectionId connection, journal::Payload payload) {
    now_ = now_ + seconds(1);
    const EventPosition at =
        journal_.append(now_, NodeId{1}, connection, kNoEvent, std::move(payload));
    history_.add(journal_[at]);
    return at;
  }
  EventPosition strike(journal::FaultInjected fault) {
    fault.other = NodeId{2};
    return add(kNoConnection, std::move(fault));
  }
  LinkCondition at(EventPosition position) const {
    return history_.at(link_between(NodeId{1}, NodeId{2}), position).condition;
  }

  static constexpr ConnectionId kLine{1};

 private:
  journal::Journal journal_;
  VirtualTime now_;
  LinkHistory history_;
};

journal::BytesDelivered octets(std::uint32_t size) {
  journal::BytesDelivered delivered;
  delivered.size = size;
  return delivered;
}

}  // namespace

TEST_CASE("a line that a fault holds up is stalled until the fault is cleared", "[gui][link]") {
  HeldLine line;
  const EventPosition before = line.add(HeldLine::kLine, octets(10));
  const EventPosition stalled = line.strike({.fault = journal::Fault::Stall});
  const EventPosition meanwhile = line.add(kNoConnection, journal::PersonActed{});
  const EventPosition cleared = line.strike({.fault = journal::Fault::Clear});
  CHECK(line.at(before) == LinkCondition::Open);
  CHECK(line.at(stalled) == LinkCondition::Stalled);
  CHECK(line.at(meanwhile) == LinkCondition::Stalled);
  CHECK(line.at(cleared) == LinkCondition::Open);
}

TEST_CASE("a stall ends by itself at its time", "[gui][link]") {
  HeldLine line;
  const EventPosition stalled =
      line.strike({.fault = journal::Fault::Stall, .lasts = milliseconds(1'500)});
  const EventPosition still = line.add(kNoConnection, journal::PersonActed{});
  const EventPosition over = line.add(kNoConnection, journal::PersonActed{});
  CHECK(line.at(stalled) == LinkCondition::Stalled);
  CHECK(line.at(still) == LinkCondition::Stalled);
  CHECK(line.at(over) == LinkCondition::Open);
}

TEST_CASE("a stall after so many octets waits for them, and one on another port is nothing",
          "[gui][link]") {
  HeldLine line;
  const EventPosition other = line.strike({.fault = journal::Fault::Stall, .port = kSmtpPort});
  CHECK(line.at(other) == LinkCondition::Open);
  line.strike({.fault = journal::Fault::Clear});
  const EventPosition laid = line.strike({.fault = journal::Fault::Stall, .after_bytes = 25});
  const EventPosition ten = line.add(HeldLine::kLine, octets(10));
  const EventPosition enough = line.add(HeldLine::kLine, octets(15));
  CHECK(line.at(laid) == LinkCondition::Open);
  CHECK(line.at(ten) == LinkCondition::Open);
  CHECK(line.at(enough) == LinkCondition::Stalled);
}

TEST_CASE("a line that is cut while it stalls is told as cut", "[gui][link]") {
  HeldLine line;
  line.strike({.fault = journal::Fault::Stall});
  const EventPosition cut = line.add(HeldLine::kLine, journal::ConnectionReset{});
  CHECK(line.at(cut) == LinkCondition::Cut);
}
