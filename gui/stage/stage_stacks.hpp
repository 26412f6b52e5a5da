// In how many stacks the columns of the plan stand so that they fit into the stage's height, and
// what they need beside each other.
#pragma once

#include <vector>

#include "gui/stage/card_sizes.hpp"
#include "gui/stage/stage_plan.hpp"

namespace mailwalk::gui {

// In em: between two cards of a stack, and the least width of a card of weight 1.
inline constexpr float kCardRowGap = 0.65F;
inline constexpr float kLeastCardWidth = 8.2F;

// Machines below each other: a column, or a part of one.
struct Stack {
  std::vector<PlannedMachine> machines;
  Density density = Density::Roomy;
  bool follows_its_own = false;  // the rest of the column to its left, which was too high
  bool is_part = false;          // of a column that stands in several
};

// From left to right; the name server stands below the first column in the middle. Each column is
// in as few stacks as it takes, and tight before it stands in more.
std::vector<Stack> stacks_of(const StagePlan& plan, HeadStyle head, float height_em);

// In em.
float least_height(const Stack& stack, HeadStyle head);
float least_width(const std::vector<Stack>& stacks);
// The least that has to be left free between two stacks. What is said to a device lies in the
// device's strip, or before it.
float least_gap(const Stack& left, const Stack& right);
// How wide a stack's cards are beside the others': shelves need room.
float width_weight(const Stack& stack);

}  // namespace mailwalk::gui
