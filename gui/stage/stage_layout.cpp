#include "gui/stage/stage_layout.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mailwalk::gui {
namespace {

// ---- Sizes, in em ----------------------------------------------------------------------------

constexpr float kMargin = 0.8F;
constexpr float kBand = 1.7F;
constexpr float kBandGap = 0.5F;
constexpr float kTitleLine = 1.45F;
constexpr float kSubtitle = 1.15F;
constexpr float kHeadPad = 0.55F;
constexpr float kStrip = 1.9F;
constexpr float kCardRowGap = 0.8F;
constexpr float kLeastWidth = 8.2F;
constexpr float kMostWidth = 17.0F;
constexpr float kLeastGap = 3.0F;      // between columns: room for a short label
constexpr float kMostGap = 10.0F;      //
constexpr float kNeighbourGap = 0.8F;  // between the parts of one column that had to be split
constexpr float kMostStretch = 1.25F;  // of a card's height, where there is room to spare
constexpr float kLeastText = 9;        // pixels

float head_em(CardKind kind, HeadStyle head) {
  const int lines = kind == CardKind::Receiver     ? head.receiver_title_lines
                    : kind == CardKind::NameServer ? 1
                                                   : head.title_lines;
  return kHeadPad + kTitleLine * static_cast<float>(lines) +
         (head.subtitle == Subtitle::Shown ? kSubtitle : 0.0F);
}

struct Wish {
  float least, wanted;  // height below the head and the strip
};
Wish body_wish(const PlannedMachine& machine) {
  switch (machine.kind) {
    case CardKind::Sender: return {2.2F, 8.2F};
    case CardKind::Mta: return {2.2F, 5.2F};
    case CardKind::Mailbox: {
      const auto maildrops = static_cast<float>(std::max(machine.maildrops, 1U));
      return {1.0F + 2.6F * maildrops, 2.0F + 8.0F * maildrops};
    }
    case CardKind::Receiver: return {2.2F, 8.6F};
    case CardKind::NameServer: return {0, 0};
  }
  return {2, 5};
}
Wish card_wish(const PlannedMachine& machine, HeadStyle head) {
  if (machine.kind == CardKind::NameServer) {
    const float height = head_em(machine.kind, head) + kHeadPad;
    return {height, height};
  }
  const Wish body = body_wish(machine);
  const float above = head_em(machine.kind, head) + kStrip;
  return {above + body.least, above + body.wanted};
}

// ---- Columns ---------------------------------------------------------------------------------

using Column = std::vector<PlannedMachine>;

struct Stack {
  Column machines;
  bool follows_its_own = false;  // the rest of the column to its left, which was too high
};

float least_height(const Column& column, HeadStyle head) {
  float height = 0;
  for (const PlannedMachine& machine : column)
    height += card_wish(machine, head).least + kCardRowGap;
  return height - kCardRowGap;
}

// The plan's columns, each in as many stacks as it takes to fit into the height. The name server
// stands below the first column in the middle.
std::vector<Stack> stacks_of(const StagePlan& plan, HeadStyle head, float height_em) {
  std::vector<Column> columns = plan.columns;
  if (!plan.apart.empty() && !columns.empty()) {
    Column& host = columns[columns.size() > 2 ? 1 : 0];
    host.insert(host.end(), plan.apart.begin(), plan.apart.end());
  }
  std::vector<Stack> stacks;
  for (const Column& column : columns) {
    std::size_t parts = 1;
    while (parts < column.size() &&
           least_height(column, head) / static_cast<float>(parts) > height_em) {
      ++parts;
    }
    const std::size_t rows = (column.size() + parts - 1) / parts;
    for (std::size_t at = 0; at < column.size(); at += rows) {
      const auto begin = column.begin() + static_cast<std::ptrdiff_t>(at);
      const auto end =
          column.begin() + static_cast<std::ptrdiff_t>(std::min(at + rows, column.size()));
      stacks.push_back({Column(begin, end), at > 0});
    }
  }
  return stacks;
}

// How wide a stack's cards are beside the others': shelves need room.
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
  for (const Stack& stack : stacks) {
    width +=
        kLeastWidth * width_weight(stack) + (stack.follows_its_own ? kNeighbourGap : kLeastGap);
  }
  return width - kLeastGap;
}

// The room for cards, without margins and bands; in pixels.
Rect body_of(const Rect& area, float em) {
  const float margin = std::min(em * kMargin, area.w * 0.05F);
  const float top = std::min(em * (kMargin + kBand + kBandGap), area.h * 0.2F);
  return {area.x + margin, area.y + top, std::max(area.w - 2 * margin, 1.0F),
          std::max(area.h - top - margin, 1.0F)};
}

bool fits(const StagePlan& plan, const Rect& area, HeadStyle head, float em) {
  const Rect body = body_of(area, em);
  const std::vector<Stack> stacks = stacks_of(plan, head, body.h / em);
  if (least_width(stacks) > body.w / em) return false;
  return std::all_of(stacks.begin(), stacks.end(), [&](const Stack& stack) {
    return least_height(stack.machines, head) <= body.h / em;
  });
}

// ---- Places ----------------------------------------------------------------------------------

// Widths (of a card of weight 1) and gaps in pixels, such that everything together fills the width
// as far as it is good.
struct Widths {
  float card, gap, neighbour_gap, left;
};
Widths widths_of(const std::vector<Stack>& stacks, float width, float em) {
  float cards = 0;  // by weight
  float gaps = -1;
  float neighbours = 0;
  for (const Stack& stack : stacks) {
    cards += width_weight(stack);
    (stack.follows_its_own ? neighbours : gaps) += 1;
  }
  Widths it{kLeastWidth * em, kLeastGap * em, kNeighbourGap * em, 0};
  const float least = it.card * cards + it.gap * gaps + it.neighbour_gap * neighbours;
  if (least > width) {
    const float squeeze = width / least;
    return {it.card * squeeze, it.gap * squeeze, it.neighbour_gap * squeeze, 0};
  }
  // Of what is left, cards get more than gaps, until both are comfortable.
  float rest = width - least;
  const float for_cards = std::min(rest * 0.55F, (kMostWidth - kLeastWidth) * em * cards);
  it.card += for_cards / cards;
  rest -= for_cards;
  if (gaps > 0) {
    const float for_gaps = std::min(rest, (kMostGap - kLeastGap) * em * gaps);
    it.gap += for_gaps / gaps;
    rest -= for_gaps;
  }
  it.left = rest / 2;
  return it;
}

// Heights in pixels: what each wants if there is room, else all the same part of it.
std::vector<float> heights_of(const Column& machines, HeadStyle head, float height, float em,
                              float gap) {
  const float room = std::max(height - gap * static_cast<float>(machines.size() - 1), 1.0F);
  float least = 0;
  float wanted = 0;
  for (const PlannedMachine& machine : machines) {
    least += card_wish(machine, head).least * em;
    wanted += card_wish(machine, head).wanted * em;
  }
  std::vector<float> heights;
  for (const PlannedMachine& machine : machines) {
    const Wish wish = card_wish(machine, head);
    if (least >= room) {
      heights.push_back(wish.least * em * room / least);
    } else if (wanted <= room) {
      const bool stretches = machine.kind != CardKind::NameServer;
      heights.push_back(wish.wanted * em *
                        (stretches ? std::min(room / wanted, kMostStretch) : 1.0F));
    } else {
      const float share = (room - least) / (wanted - least);
      heights.push_back((wish.least + (wish.wanted - wish.least) * share) * em);
    }
  }
  return heights;
}

float row_gap(float height, float em) {
  return std::min(kCardRowGap * em, height * 0.04F);
}

// Heights of all stacks. Where mailbox servers stand alone they are as high as the highest column,
// so that the links from all devices lead straight to them.
std::vector<std::vector<float>> all_heights(const std::vector<Stack>& stacks, HeadStyle head,
                                            float height, float em) {
  const float gap = row_gap(height, em);
  std::vector<std::vector<float>> all;
  float highest = 0;
  for (const Stack& stack : stacks) {
    all.push_back(heights_of(stack.machines, head, height, em, gap));
    float total = gap * static_cast<float>(stack.machines.size() - 1);
    for (const float one : all.back()) total += one;
    highest = std::max(highest, total);
  }
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    const Column& machines = stacks[i].machines;
    const bool mailboxes = std::all_of(
        machines.begin(), machines.end(),
        [](const PlannedMachine& machine) { return machine.kind == CardKind::Mailbox; });
    if (!mailboxes) continue;
    const float gaps = gap * static_cast<float>(machines.size() - 1);
    float total = 0;
    for (const float one : all[i]) total += one;
    for (float& one : all[i]) one *= std::max((highest - gaps) / total, 1.0F);
  }
  return all;
}

void place_stack(const Stack& stack, const std::vector<float>& heights, std::size_t column,
                 const Rect& room, HeadStyle head, StageLayout& layout) {
  const float em = layout.em;
  const float gap = row_gap(room.h, em);
  float y = room.y;
  for (std::size_t i = 0; i < stack.machines.size(); ++i) {
    const PlannedMachine& machine = stack.machines[i];
    CardPlace place;
    place.kind = machine.kind;
    place.column = column;
    place.rect = {room.x, y, room.w, heights[i]};
    // The name server stands apart, at the very bottom.
    if (machine.kind == CardKind::NameServer && i + 1 == stack.machines.size()) {
      place.rect.y = room.bottom() - heights[i];
    }
    place.head_h = std::min(head_em(machine.kind, head) * em, heights[i]);
    place.strip_y = place.rect.y + std::min(place.head_h + kStrip * em / 2, heights[i] * 0.5F);
    layout.cards[machine.id] = place;
    y += heights[i] + gap;
  }
}

// Over the columns between which letters are pushed, and over those between which they are pulled.
void place_bands(StageLayout& layout) {
  const float em = layout.em;
  const Rect body = body_of(layout.area, em);
  float left = body.right();
  float right = body.x;
  float turn_left = 0;   // the mailbox servers, at which push turns into pull
  float turn_right = 0;  //
  for (const auto& [id, card] : layout.cards) {
    left = std::min(left, card.rect.x);
    right = std::max(right, card.rect.right());
    if (card.kind != CardKind::Mailbox) continue;
    turn_left = card.rect.x;
    turn_right = card.rect.right();
  }
  const float height = std::min(kBand * em, (body.y - layout.area.y) * 0.7F);
  const float y = layout.area.y + (body.y - layout.area.y - height) / 2;
  const float gap = em * 0.4F;
  if (turn_right <= turn_left) {
    layout.bands.push_back({Lane::Push, {left, y, right - left, height}});
    return;
  }
  const float turn = (turn_left + turn_right) / 2;
  if (turn_left > left) {
    layout.bands.push_back({Lane::Push, {left, y, turn - gap / 2 - left, height}});
  }
  if (turn_right < right) {
    layout.bands.push_back({Lane::Pull, {turn + gap / 2, y, right - turn - gap / 2, height}});
  }
}

}  // namespace

float stage_text_px(const StagePlan& plan, const Rect& area, HeadStyle head, float preferred_px) {
  float px = std::max(std::round(preferred_px), kLeastText);
  while (px > kLeastText && !fits(plan, area, head, px)) px -= 1;
  return px;
}

StageLayout lay_out_stage(const StagePlan& plan, const Rect& area, HeadStyle head, float em) {
  StageLayout layout;
  layout.em = em;
  layout.area = area;
  const Rect body = body_of(area, em);
  const std::vector<Stack> stacks = stacks_of(plan, head, body.h / em);
  if (stacks.empty()) return layout;
  const Widths widths = widths_of(stacks, body.w, em);
  const std::vector<std::vector<float>> heights = all_heights(stacks, head, body.h, em);
  float x = body.x + widths.left;
  std::size_t column = 0;
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    if (i > 0) {
      x += stacks[i].follows_its_own ? widths.neighbour_gap : widths.gap;
      if (!stacks[i].follows_its_own) ++column;
    }
    const float width = widths.card * width_weight(stacks[i]);
    place_stack(stacks[i], heights[i], column, {x, body.y, width, body.h}, head, layout);
    x += width;
  }
  place_bands(layout);
  return layout;
}

}  // namespace mailwalk::gui
