// Shapes and lines of text on an ImGui draw list, in the theme's colours.
#pragma once

#include <cstdint>
#include <string_view>

#include <imgui.h>

#include "gui/theme.hpp"

namespace mailwalk::gui {

// A rectangle in pixels of the window.
struct Rect {
  float x = 0, y = 0, w = 0, h = 0;

  [[nodiscard]] float right() const { return x + w; }
  [[nodiscard]] float bottom() const { return y + h; }
  [[nodiscard]] ImVec2 min() const { return {x, y}; }
  [[nodiscard]] ImVec2 max() const { return {x + w, y + h}; }
  [[nodiscard]] ImVec2 center() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] bool contains(ImVec2 p) const {
    return p.x >= x && p.x < x + w && p.y >= y && p.y < y + h;
  }
  // Smaller by so much on each side.
  [[nodiscard]] Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
  friend bool operator==(const Rect&, const Rect&) = default;
};
bool overlap(const Rect& a, const Rect& b);

// For ImGui. Opacity is 0 to 1.
ImU32 paint(Color color, float opacity = 1);

enum class Align : std::uint8_t { Left, Center, Right };

// One line, which must be safe to draw. x is its left end, its middle or its right end; y its top.
void draw_text(ImDrawList& list, ImFont* font, ImVec2 at, Color color, std::string_view text,
               Align align = Align::Left);

// A line of dashes, also along the edge of a rectangle.
struct Dashes {
  float on, off;  // in pixels
};
void draw_dashed_line(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 color, float width,
                      Dashes dashes);
void draw_dashed_rect(ImDrawList& list, const Rect& rect, ImU32 color, float width, Dashes dashes);

// Dims the whole window behind the current one of ImGui, which is drawn as a card. Comes before
// what is in it.
void draw_card_over_all(Color card, Color shade, float rounding_px);

// Puts words in lines not wider than this, and gives the height that they took. Draws no more lines
// than this, the last one with … if there is more.
float draw_paragraph(ImDrawList& list, ImFont* font, ImVec2 at, float width_px, Color color,
                     std::string_view text, int most_lines = 1'000);

// A stroke under each of the lines in which draw_paragraph puts these words.
struct Stroke {
  ImU32 color;
  float width_px;
};
void underline_paragraph(ImDrawList& list, ImFont* font, ImVec2 at, float width_px, Stroke stroke,
                         std::string_view text, int most_lines = 1'000);

// What so many lines take, in pixels.
float paragraph_height(ImFont* font, int lines);
// In how many lines it would stand.
int paragraph_lines(ImFont* font, float width_px, std::string_view text);

}  // namespace mailwalk::gui
