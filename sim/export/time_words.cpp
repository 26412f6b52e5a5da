#include "export/time_words.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <string_view>

namespace mailwalk::exporting {
namespace {

struct Word {
  std::string_view english;
  std::string_view indonesian;

  [[nodiscard]] std::string_view in(Language language) const {
    return language == Language::English ? english : indonesian;
  }
};

constexpr std::array<Word, 7> kDays{{{"Sunday", "Minggu"},
                                     {"Monday", "Senin"},
                                     {"Tuesday", "Selasa"},
                                     {"Wednesday", "Rabu"},
                                     {"Thursday", "Kamis"},
                                     {"Friday", "Jumat"},
                                     {"Saturday", "Sabtu"}}};

constexpr std::array<Word, 12> kMonths{{{"January", "Januari"},
                                        {"February", "Februari"},
                                        {"March", "Maret"},
                                        {"April", "April"},
                                        {"May", "Mei"},
                                        {"June", "Juni"},
                                        {"July", "Juli"},
                                        {"August", "Agustus"},
                                        {"September", "September"},
                                        {"October", "Oktober"},
                                        {"November", "November"},
                                        {"December", "Desember"}}};

struct TimeUnit {
  std::int64_t seconds;
  Word word;
};
constexpr std::array<TimeUnit, 4> kTimeUnits{
    {{86'400, {"d", "hari"}}, {3'600, {"h", "jam"}}, {60, {"min", "menit"}}, {1, {"s", "detik"}}}};

}  // namespace

std::string date_words(const Calendar& calendar, VirtualTime time, Language language) {
  const CivilTime t = civil_time(calendar, time);
  return fmt::format("{}, {} {} {}", kDays[static_cast<std::size_t>(t.weekday)].in(language), t.day,
                     kMonths[static_cast<std::size_t>(t.month - 1)].in(language), t.year);
}

std::string zone_words(const Calendar& calendar) {
  const int minutes = std::abs(calendar.utc_offset_minutes);
  if (minutes == 0) return "UTC";
  const char sign = calendar.utc_offset_minutes < 0 ? '-' : '+';
  if (minutes % 60 == 0) return fmt::format("UTC{}{}", sign, minutes / 60);
  return fmt::format("UTC{}{}:{:02}", sign, minutes / 60, minutes % 60);
}

std::string clock_words(const Calendar& calendar, VirtualTime time, VirtualTime now,
                        Language language) {
  const std::string clock = clock_text(calendar, time).substr(0, 8);
  const std::string date = date_words(calendar, time, language);
  if (date == date_words(calendar, now, language)) return clock;
  return clock + (language == Language::English ? " on " : ", ") + date;
}

std::string duration_words(Duration duration, Language language) {
  const std::int64_t milliseconds = duration.us / 1'000;
  if (milliseconds > 0 && milliseconds < 1'000) return fmt::format("{} ms", milliseconds);
  const std::int64_t seconds = duration.us / 1'000'000;
  std::size_t largest = 0;
  while (largest + 1 < kTimeUnits.size() && seconds < kTimeUnits[largest].seconds) ++largest;
  const auto words = [&](std::int64_t count, const TimeUnit& unit) {
    return fmt::format("{} {}", count, unit.word.in(language));
  };
  const TimeUnit& first = kTimeUnits[largest];
  std::string text = words(seconds / first.seconds, first);
  if (largest + 1 == kTimeUnits.size()) return text;
  const TimeUnit& second = kTimeUnits[largest + 1];
  const std::int64_t rest = seconds % first.seconds / second.seconds;
  return rest == 0 ? text : text + " " + words(rest, second);
}

}  // namespace mailwalk::exporting
