// Which machine stands in which column of the stage, from left to right: where mail is written, the
// MTAs in the order of the way, the mailbox servers, the devices that fetch. The name server stands
// apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/ids.hpp"
#include "gui/routes.hpp"
#include "journal/machine_view.hpp"

namespace mailwalk::gui {

enum class CardKind : std::uint8_t {
  Sender,      // a device that only sends
  Mta,         //
  Mailbox,     // a mailbox server, most often its MAA too
  Receiver,    // a device that fetches
  NameServer,  //
};

inline constexpr std::size_t kCardKinds = 5;

struct PlannedMachine {
  NodeId id;
  CardKind kind = CardKind::Mta;
  std::uint32_t maildrops = 0;  // on a mailbox server
  friend bool operator==(const PlannedMachine&, const PlannedMachine&) = default;
};

// What the plan has to know of a machine.
struct PlanMachine {
  NodeId id;
  journal::Roles roles = 0;
  bool fetches = false;  // an account is set up on it
  std::uint32_t maildrops = 0;
};

struct StagePlan {
  std::vector<std::vector<PlannedMachine>> columns;  // none is empty
  std::vector<PlannedMachine> apart;                 // the name server
  friend bool operator==(const StagePlan&, const StagePlan&) = default;
};

// The same machines and routes give the same plan. REQUIRES nothing: routes may go in circles.
StagePlan plan_stage(const std::vector<PlanMachine>& machines, const std::vector<Route>& routes);

// How much of the plan is shown.
enum class Extent : std::uint8_t {
  Whole,
  Fetching,  // mailbox servers and the devices that fetch: where POP3 is all that matters
};
// The whole plan, where it has no such machines.
StagePlan part_of_plan(const StagePlan& plan, Extent extent);

}  // namespace mailwalk::gui
