#include "gui/stage/meter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gui/safe_text.hpp"

namespace mailwalk::gui {
namespace {

// From here on it is nearly full, and the bar says so by its colour and by a mark at its end.
constexpr float kNearlyFull = 0.9F;

// "2.6 of 3.0 KB"; "2.6/3.0 KB" where that is too long.
std::string words_within(const StageFrame& frame, const SceneMeter& meter, float room) {
  const exporting::Language language = frame.language().which();
  std::string used = size_words(meter.used, language);
  const std::string limit = size_words(meter.limit, language);
  // One unit is enough if it is that of both.
  const std::size_t unit = limit.find(' ');
  if (used.ends_with(limit.substr(unit))) used.resize(used.size() - (limit.size() - unit));
  const std::string words = frame.language().format("stage.used_of", used, limit);
  const bool fits = text_size(words, frame.font(frame.words_face())).x <= room;
  return fits ? words : fmt::format("{}/{}", used, limit);
}

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
    words = words_within(frame, meter, place.w);
  } else {
    words = frame.language().format("stage.used", size_words(meter.used, language));
  }
  ImFont* font = frame.font(frame.words_face());
  const float y = meter.limit > 0 ? bar.bottom() + frame.em() * 0.15F : place.y;
  draw_text(frame.list, font, {place.x, y}, theme.muted, fitted(words, font, place.w));
}

}  // namespace mailwalk::gui
