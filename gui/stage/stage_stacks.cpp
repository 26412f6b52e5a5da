#include "gui/stage/stage_stacks.hpp"

#include <algorithm>
#include <utility>

namespace mailwalk::gui {
namespace {

using Column = std::vector<PlannedMachine>;

// In em, between columns.
constexpr float kLeastGap = 2.8F;      // room for a short label
constexpr float kLabelGap = 6.0F;      // where no card beside it has a strip for the label
constexpr float kNeighbourGap = 1.0F;  // between the parts of one column that had to be split

// A column in so many stacks, as even as can be.
std::vector<Column> split_column(const Column& column, std::size_t parts) {
  const std::size_t rows = (column.size() + parts - 1) / parts;
  std::vector<Column> stacks;
  for (std::size_t at = 0; at < column.size(); at += rows) {
    const auto begin = column.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end =
        column.begin() + static_cast<std::ptrdiff_t>(std::min(at + rows, column.size()));
    stacks.emplace_back(begin, end);
  }
  return stacks;
}

// In as few stacks as it takes to fit into the height, and tight before it stands in more.
std::vector<Stack> stacks_of_column(const Column& column, HeadStyle head, float height_em) {
  for (std::size_t parts = 1;; ++parts) {
    const std::vector<Column> columns = split_column(column, parts);
    for (const Density density : {Density::Roomy, Density::Tight}) {
      const bool fits = std::all_of(columns.begin(), columns.end(), [&](const Column& it) {
        return least_height({it, density}, head) <= height_em;
      });
      if (!fits && (parts < column.size() || density == Density::Roomy)) continue;
      std::vector<Stack> stacks;
      for (const Column& it : columns) stacks.push_back({it, density, !stacks.empty(), parts > 1});
      return stacks;
    }
  }
}

bool holds_devices(const Stack& stack) {
  const CardKind kind = stack.machines.front().kind;
  return kind == CardKind::Sender || kind == CardKind::Receiver;
}

}  // namespace

float least_height(const Stack& stack, HeadStyle head) {
  float height = 0;
  for (const PlannedMachine& machine : stack.machines) {
    height += card_heights(machine, head, stack.density).least + kCardRowGap;
  }
  return height - kCardRowGap;
}

std::vector<Stack> stacks_of(const StagePlan& plan, HeadStyle head, float height_em) {
  std::vector<Column> columns = plan.columns;
  if (!plan.apart.empty() && !columns.empty()) {
    Column& host = columns[columns.size() > 2 ? 1 : 0];
    host.insert(host.end(), plan.apart.begin(), plan.apart.end());
  }
  std::vector<Stack> stacks;
  for (const Column& column : columns) {
    for (Stack& stack : stacks_of_column(column, head, height_em))
      stacks.push_back(std::move(stack));
  }
  return stacks;
}

float least_gap(const Stack& left, const Stack& right) {
  if (right.follows_its_own) return kNeighbourGap;
  const bool left_is_tight = left.density == Density::Tight;
  const bool right_is_tight = right.density == Density::Tight;
  const bool needs_room = (left_is_tight && right_is_tight) ||
                          (left_is_tight && holds_devices(left)) ||
                          (right_is_tight && holds_devices(right)) || left.is_part || right.is_part;
  return needs_room ? kLabelGap : kLeastGap;
}

float width_weight(const Stack& stack) {
  float weight = 0;
  for (const PlannedMachine& machine : stack.machines) {
    switch (machine.kind) {
      case CardKind::Mailbox: weight = std::max(weight, 1.26F); break;
      case CardKind::Receiver: weight = std::max(weight, 1.0F); break;
      case CardKind::Sender:
      case CardKind::Mta:
      case CardKind::NameServer: weight = std::max(weight, 0.96F); break;
    }
  }
  return weight;
}

float least_width(const std::vector<Stack>& stacks) {
  float width = 0;
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    width += kLeastCardWidth * width_weight(stacks[i]);
    if (i > 0) width += least_gap(stacks[i - 1], stacks[i]);
  }
  return width;
}

}  // namespace mailwalk::gui
