#include "gui/stage/stage_layout.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "gui/stage/stage_stacks.hpp"

namespace mailwalk::gui {
namespace {

// ---- Sizes, in em ----------------------------------------------------------------------------

constexpr float kMargin = 0.6F;
constexpr float kBand = 1.7F;
constexpr float kBandGap = 0.5F;
constexpr float kMostWidth = 17.0F;   // of a card
constexpr float kMostGap = 10.0F;     // between columns
constexpr float kMostStretch = 1.6F;  // of a card's height, where there is room to spare
constexpr float kEasyColumn = 15;     // a card and the gap beside it
constexpr float kLeastText = 9;       // pixels

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
  return std::all_of(stacks.begin(), stacks.end(),
                     [&](const Stack& stack) { return least_height(stack, head) <= body.h / em; });
}

// ---- Places ----------------------------------------------------------------------------------

// Width of a card of weight 1 and the gaps before each stack, in pixels, such that everything
// together fills the width as far as it is good.
struct Widths {
  float card = 0, left = 0;
  std::vector<float> gaps;  // the first one is 0
};
Widths widths_of(const std::vector<Stack>& stacks, float width, float em) {
  Widths it{kLeastCardWidth * em, 0, {0}};
  float cards = 0;  // by weight
  float gaps = 0;
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    cards += width_weight(stacks[i]);
    if (i == 0) continue;
    it.gaps.push_back(least_gap(stacks[i - 1], stacks[i]) * em);
    gaps += it.gaps.back();
  }
  const float least = it.card * cards + gaps;
  if (least > width) {
    const float squeeze = width / least;
    it.card *= squeeze;
    for (float& gap : it.gaps) gap *= squeeze;
    return it;
  }
  // Of what is left, cards get more than gaps, until both are comfortable.
  float rest = width - least;
  const float for_cards = std::min(rest * 0.55F, (kMostWidth - kLeastCardWidth) * em * cards);
  it.card += for_cards / cards;
  rest -= for_cards;
  float growing = 0;
  for (std::size_t i = 1; i < stacks.size(); ++i)
    growing += stacks[i].follows_its_own ? 0.0F : 1.0F;
  for (std::size_t i = 1; i < stacks.size(); ++i) {
    if (stacks[i].follows_its_own) continue;
    const float more = std::clamp(kMostGap * em - it.gaps[i], 0.0F, rest / growing);
    it.gaps[i] += more;
    rest -= more;
    growing -= 1;
  }
  it.left = rest / 2;
  return it;
}

// Heights in pixels: what each wants if there is room, else all the same part of it.
std::vector<float> heights_of(const Stack& stack, HeadStyle head, float height, float em,
                              float gap) {
  const std::vector<PlannedMachine>& machines = stack.machines;
  const float room = std::max(height - gap * static_cast<float>(machines.size() - 1), 1.0F);
  float least = 0;
  float wanted = 0;
  float fixed = 0;  // of what is wanted
  for (const PlannedMachine& machine : machines) {
    const CardHeights wish = card_heights(machine, head, stack.density);
    least += wish.least * em;
    wanted += wish.wanted * em;
    if (machine.kind == CardKind::NameServer) fixed += wish.wanted * em;
  }
  std::vector<float> heights;
  for (const PlannedMachine& machine : machines) {
    const CardHeights wish = card_heights(machine, head, stack.density);
    if (least >= room) {
      heights.push_back(wish.least * em * room / least);
    } else if (wanted <= room) {
      const bool stretches = machine.kind != CardKind::NameServer;
      const float stretch = (room - fixed) / std::max(wanted - fixed, 1.0F);
      heights.push_back(wish.wanted * em * (stretches ? std::min(stretch, kMostStretch) : 1.0F));
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
    all.push_back(heights_of(stack, head, height, em, gap));
    float total = gap * static_cast<float>(stack.machines.size() - 1);
    for (const float one : all.back()) total += one;
    highest = std::max(highest, total);
  }
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    const std::vector<PlannedMachine>& machines = stacks[i].machines;
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

// Where a stack stands: columns, and the stacks in which they stand, are counted from the left.
struct StackPlace {
  Rect room;
  std::size_t column, stack;
  float lowest;  // where the highest stack ends
};

CardPlace place_card(const PlannedMachine& machine, const Stack& stack, const Rect& rect,
                     HeadStyle head, float em) {
  CardPlace place;
  place.kind = machine.kind;
  place.density = stack.density;
  place.rect = rect;
  place.head_h = std::min(head_height(machine.kind, head, stack.density) * em, rect.h);
  if (stack.density == Density::Tight && machine.kind != CardKind::NameServer) {
    place.strip_y = rect.center().y;
    place.body_y = rect.y + place.head_h + em * 0.1F;
  } else {
    place.strip_y = rect.y + std::min(place.head_h + kStripHeight * em / 2, rect.h * 0.75F);
    place.body_y = place.strip_y + em * kStripHeight / 2;
  }
  place.body_y = std::min(place.body_y, rect.bottom());
  return place;
}

void place_stack(const Stack& stack, const std::vector<float>& heights, const StackPlace& where,
                 HeadStyle head, StageLayout& layout) {
  const float em = layout.em;
  const Rect& room = where.room;
  const float gap = row_gap(room.h, em);
  float y = room.y;
  for (std::size_t i = 0; i < stack.machines.size(); ++i) {
    const PlannedMachine& machine = stack.machines[i];
    Rect rect{room.x, y, room.w, heights[i]};
    // The name server stands apart: as low as the highest column ends.
    if (machine.kind == CardKind::NameServer && i + 1 == stack.machines.size()) {
      rect.y = std::max(rect.y, std::min(where.lowest, room.bottom()) - heights[i]);
    }
    CardPlace place = place_card(machine, stack, rect, head, em);
    place.column = where.column;
    place.stack = where.stack;
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

float easy_text_px(const StagePlan& plan, const Rect& area, HeadStyle head) {
  const std::vector<Stack> columns = stacks_of(plan, head, std::numeric_limits<float>::max());
  float highest = 0;
  for (const Stack& column : columns) {
    float height = 0;
    for (const PlannedMachine& machine : column.machines) {
      height += card_heights(machine, head, column.density).wanted + kCardRowGap;
    }
    highest = std::max(highest, height);
  }
  const float around = 2 * kMargin + kBand + kBandGap;
  const auto count = static_cast<float>(std::max<std::size_t>(columns.size(), 1));
  return std::min(area.w / (kEasyColumn * count), area.h / (highest + around));
}

float stage_text_px(const StagePlan& plan, const Rect& area, HeadStyle head, float preferred_px) {
  float px = std::max(std::round(preferred_px), kLeastText);
  while (px > kLeastText && !fits(plan, area, head, px)) px -= 1;
  return px;
}

bool is_pushed_at_ease(const StagePlan& plan, const Rect& area, HeadStyle head, float em) {
  const float height = body_of(area, em).h / em;
  const std::vector<Stack> stacks = stacks_of(plan, head, height);
  return std::all_of(stacks.begin(), stacks.end(), [&](const Stack& stack) {
    if (stack.machines.front().kind == CardKind::Receiver) return true;
    float wanted = -kCardRowGap;
    for (const PlannedMachine& machine : stack.machines) {
      wanted += card_heights(machine, head, stack.density).wanted + kCardRowGap;
    }
    return stack.density == Density::Roomy && !stack.is_part && wanted <= height;
  });
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
  float highest = 0;
  for (const std::vector<float>& stack : heights) {
    float total = row_gap(body.h, em) * static_cast<float>(stack.size() - 1);
    for (const float one : stack) total += one;
    highest = std::max(highest, total);
  }
  float x = body.x + widths.left;
  std::size_t column = 0;
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    x += widths.gaps[i];
    if (i > 0 && !stacks[i].follows_its_own) ++column;
    const float width = widths.card * width_weight(stacks[i]);
    place_stack(stacks[i], heights[i], {{x, body.y, width, body.h}, column, i, body.y + highest},
                head, layout);
    x += width;
  }
  place_bands(layout);
  return layout;
}

}  // namespace mailwalk::gui
