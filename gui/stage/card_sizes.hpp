// How much height a machine's card takes, in em: its head, the strip for what travels, and what
// lies on it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "gui/stage/stage_plan.hpp"

namespace mailwalk::gui {

// Of a server: its roles and its host. What a device that fetches does with letters is taught, so
// that line is always there.
enum class Subtitle : std::uint8_t { Shown, Hidden };

// How much stands in the heads of cards: their names on one line or two, by the kind of card.
struct HeadStyle {
  std::array<int, kCardKinds> title_lines{1, 1, 1, 1, 1};
  Subtitle subtitle = Subtitle::Shown;
  float mode_line = 1.2F;  // em: what a device does with letters, below its name

  [[nodiscard]] int lines(CardKind kind) const {
    return title_lines[static_cast<std::size_t>(kind)];
  }
  friend bool operator==(const HeadStyle&, const HeadStyle&) = default;
};

// Cards of one column stand closer before they stand in two: names and letters remain, the hosts
// and the strip in which labels of packets lie go.
enum class Density : std::uint8_t { Roomy, Tight };

inline constexpr float kStripHeight = 1.9F;

// From the card's top to the strip.
float head_height(CardKind kind, HeadStyle head, Density density);

// Of the whole card: the least with which letters are seen, and what it is at ease with.
struct CardHeights {
  float least, wanted;
};
CardHeights card_heights(const PlannedMachine& machine, HeadStyle head, Density density);

}  // namespace mailwalk::gui
