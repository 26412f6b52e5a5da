#include "gui/widgets/paint.hpp"

#include <algorithm>
#include <cmath>

#include "gui/safe_text.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::gui {
namespace {

constexpr float kLineHeight = 1.15F;
constexpr float kUnderline = 0.97F;  // of a line's height, from its top

// How much of the text stands in one line of this width: at least one character.
std::size_t line_length(ImFont* font, std::string_view text, float width_px) {
  const char* begin = text.data();
  const char* end = begin + text.size();
  const char* cut = font->CalcWordWrapPositionA(1.0F, begin, end, width_px);
  if (cut != begin) return static_cast<std::size_t>(cut - begin);
  return std::max<std::size_t>(wire::utf8_length(text), 1);
}

// Gives what stands in each line, and its top below that of the first; returns the height of all.
template <class Draw>
float for_each_line(ImFont* font, float width_px, std::string_view text, int most_lines,
                    const Draw& draw) {
  const float step = paragraph_height(font, 1);
  float height = 0;
  for (int line = 1; !text.empty() && line <= most_lines; ++line) {
    const std::size_t length = line_length(font, text, width_px);
    const bool cut_here = line == most_lines && length < text.size();
    draw(cut_here ? fitted(text, font, width_px) : std::string(text.substr(0, length)), height);
    text.remove_prefix(length);
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
    height += step;
  }
  return height;
}

}  // namespace

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

ImU32 paint(Color color, float opacity) {
  const auto alpha = static_cast<ImU32>(std::lround(std::clamp(opacity, 0.0F, 1.0F) * 255));
  return IM_COL32(color.rgb >> 16 & 0xFF, color.rgb >> 8 & 0xFF, color.rgb & 0xFF, alpha);
}

void draw_text(ImDrawList& list, ImFont* font, ImVec2 at, Color color, std::string_view text,
               Align align) {
  if (align != Align::Left) {
    const float width = text_size(text, font).x;
    at.x -= align == Align::Center ? width / 2 : width;
  }
  // Glyphs are sharp on whole pixels only.
  const ImVec2 place(std::round(at.x), std::round(at.y));
  list.AddText(font, font->FontSize, place, paint(color), text.data(), text.data() + text.size());
}

void draw_dashed_line(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 color, float width,
                      Dashes dashes) {
  const float dx = to.x - from.x;
  const float dy = to.y - from.y;
  const float length = std::sqrt(dx * dx + dy * dy);
  if (length <= 0 || dashes.on + dashes.off <= 0) return;
  for (float at = 0; at < length; at += dashes.on + dashes.off) {
    const float end = std::min(at + dashes.on, length);
    list.AddLine({from.x + dx * at / length, from.y + dy * at / length},
                 {from.x + dx * end / length, from.y + dy * end / length}, color, width);
  }
}

void draw_dashed_rect(ImDrawList& list, const Rect& rect, ImU32 color, float width, Dashes dashes) {
  const ImVec2 a = rect.min();
  const ImVec2 c = rect.max();
  draw_dashed_line(list, a, {c.x, a.y}, color, width, dashes);
  draw_dashed_line(list, {c.x, a.y}, c, color, width, dashes);
  draw_dashed_line(list, c, {a.x, c.y}, color, width, dashes);
  draw_dashed_line(list, {a.x, c.y}, a, color, width, dashes);
}

float paragraph_height(ImFont* font, int lines) {
  return std::round(font->FontSize * kLineHeight) * static_cast<float>(lines);
}

void draw_card_over_all(Color card, Color shade, float rounding_px) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  list.PushClipRectFullScreen();
  list.AddRectFilled({0, 0}, ImGui::GetIO().DisplaySize, paint(shade, 0.18F));
  list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, paint(card), rounding_px);
  list.PopClipRect();
}

float draw_paragraph(ImDrawList& list, ImFont* font, ImVec2 at, float width_px, Color color,
                     std::string_view text, int most_lines) {
  return for_each_line(font, width_px, text, most_lines, [&](const std::string& line, float y) {
    draw_text(list, font, {at.x, at.y + y}, color, line);
  });
}

void underline_paragraph(ImDrawList& list, ImFont* font, ImVec2 at, float width_px, Stroke stroke,
                         std::string_view text, int most_lines) {
  for_each_line(font, width_px, text, most_lines, [&](const std::string& line, float y) {
    const float below = std::round(at.y + y + font->FontSize * kUnderline);
    list.AddRectFilled({at.x, below}, {at.x + text_size(line, font).x, below + stroke.width_px},
                       stroke.color);
  });
}

int paragraph_lines(ImFont* font, float width_px, std::string_view text) {
  int lines = 0;
  for (; !text.empty(); ++lines) {
    text.remove_prefix(line_length(font, text, width_px));
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  }
  return lines;
}

}  // namespace mailwalk::gui
