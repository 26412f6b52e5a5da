#include "gui/stage/meter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gui/safe_text.hpp"

namespace mailwalk::gui {
namespace {

// From here on it is nearly full, and the bar says so by its colour and by a mark at its end.
constexpr float kNearlyFull = 0.9F;

}  // namespace

std::string size_words(std::uint64_t octets, exporting::Language language) {
  static constexpr std::array<const char*, 5> kUnits{"KB", "MB", "GB", "TB", "PB"};
  if (octets < 1'000) return fmt::format("{} B", octets);
  double size = static_cast<double>(octets) / 1'000;
  std::size_t unit = 0;
  for (; size >= 999.95 && unit + 1 < kUnits.size(); ++unit) size /= 1'000;
  std::string words = fmt::format("{:.1f} {}", size, kUnits[unit]);
  const std::size_t point = words.find('.');
  if (language == exporting::Language::Indonesian) words[point] = ',';
  return words;
}

void draw_meter(const StageFrame& frame, const Rect& place, const SceneMeter& meter) {
  const Theme& theme = frame.theme();
  const float bar_h = std::max(2.0F, frame.em() * 0.45F);
  const float rounding = bar_h / 2;
  const Rect bar{place.x, place.y, place.w, bar_h};
  const exporting::Language language = frame.language().which();
  std::string words;
  if (meter.limit > 0) {
    const float part = std::min(1.0F, static_cast<float>(static_cast<double>(meter.used) /
                                                         static_cast<double>(meter.limit)));
    frame.list.AddRectFilled(bar.min(), bar.max(), paint(theme.hairline), rounding);
    const Color color = part >= kNearlyFull ? theme.fault.line : theme.muted;
    if (part > 0) {
      frame.list.AddRectFilled(bar.min(), {bar.x + std::max(bar.w * part, bar_h), bar.bottom()},
                               paint(color), rounding);
    }
    words = frame.language().format("stage.used_of", size_words(meter.used, language),
                                    size_words(meter.limit, language));
  } else {
    words = frame.language().format("stage.used", size_words(meter.used, language));
  }
  ImFont* font = frame.font(Face::Small);
  const float y = meter.limit > 0 ? bar.bottom() + frame.em() * 0.15F : place.y;
  draw_text(frame.list, font, {place.x, y}, theme.muted, fitted(words, font, place.w));
}

}  // namespace mailwalk::gui
