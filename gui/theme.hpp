// The colours, each with one meaning: "paper" for projectors and daylight, "night" for dark rooms.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "gui/routes.hpp"
#include "gui/settings.hpp"

namespace mailwalk::gui {

// 0xRRGGBB.
struct Color {
  std::uint32_t rgb = 0;
  friend constexpr bool operator==(Color, Color) = default;
};

// One meaning in its three strengths: lines and edges; text and filled pills, which must be
// legible; and the ground behind them.
struct Hue {
  Color line, text, soft;
};

inline constexpr std::size_t kLetterColors = 8;

struct Theme {
  Color paper, card, hairline;  // ground, cards, edges
  Color well;                   // ground of a shelf, a meter or a button
  Color ink, muted;             // what is read, and what is said beside it
  Color on_fill;                // text on a filled pill
  Hue smtp, pop3, names, tls, fault, ghost;
  std::array<Hue, kLetterColors> letters;
};

const Theme& theme_named(ThemeName name);

inline const Hue& hue_of(const Theme& theme, Lane lane) {
  return lane == Lane::Push ? theme.smtp : theme.pop3;
}
// A letter's own colour, by its number: 0 is letter A.
inline const Hue& hue_of_letter(const Theme& theme, std::uint32_t number) {
  return theme.letters[number % kLetterColors];
}

// The contrast ratio of two colours, 1 to 21 (WCAG 2.1, "contrast ratio" and "relative luminance").
double contrast(Color a, Color b);

}  // namespace mailwalk::gui
