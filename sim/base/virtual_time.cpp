#include "base/virtual_time.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <array>

namespace mailwalk {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

// Division that rounds towards minus infinity, so that times before 1970 come out right.
constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}

// With zeros before it. Every mail that arrives has a date, and fmt takes twice as long for one.
void append_padded(std::string& text, std::int64_t number, std::size_t digits) {
  const std::string written = std::to_string(number);
  text.append(digits - std::min(digits, written.size()), '0').append(written);
}

struct Date {
  std::int64_t year;
  int month;
  int day;
};

// The inverse of days_from_civil. Years are counted from March, so that a leap day is the last day
// of its year; an era is the 400 years (146,097 days) after which the calendar repeats.
Date civil_from_days(std::int64_t days) {
  const std::int64_t since_march = days + 719'468;  // days since 0000-03-01
  const std::int64_t era = floor_div(since_march, 146'097);
  const std::int64_t day_of_era = since_march - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const int day = static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  const int month =
      static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

}  // namespace

std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = floor_div(y, 400);
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t month_from_march = month > 2 ? month - 3 : month + 9;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

CivilTime civil_time(const Calendar& calendar, VirtualTime time) {
  const std::int64_t second_of_time = floor_div(time.us, 1'000'000);
  // A recording may claim any start; what lies beyond the years 1 and 9999 is not told apart.
  const std::int64_t start =
      std::clamp<std::int64_t>(calendar.start_unix_seconds, -62'135'596'800, 253'402'300'799);
  const std::int64_t local =
      start + second_of_time + std::int64_t{calendar.utc_offset_minutes} * 60;
  const std::int64_t day_number = floor_div(local, kSecondsPerDay);
  const std::int64_t second_of_day = local - day_number * kSecondsPerDay;
  const Date date = civil_from_days(day_number);
  const std::int64_t weekday = (day_number % 7 + 11) % 7;  // 1970-01-01 was a Thursday (4)
  return {date.year,
          date.month,
          date.day,
          static_cast<int>(weekday),
          static_cast<int>(second_of_day / 3'600),
          static_cast<int>(second_of_day / 60 % 60),
          static_cast<int>(second_of_day % 60),
          static_cast<int>(time.us - second_of_time * 1'000'000)};
}

std::string rfc5322_date(const Calendar& calendar, VirtualTime time) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const CivilTime t = civil_time(calendar, time);
  const int offset = calendar.utc_offset_minutes;
  const int magnitude = offset < 0 ? -offset : offset;
  std::string date(kDays[static_cast<std::size_t>(t.weekday)]);
  date.reserve(sizeof("Thu, 13 Feb 2025 08:00:00 +0700"));
  append_padded(date += ", ", t.day, 2);
  date.append(" ").append(kMonths[static_cast<std::size_t>(t.month - 1)]);
  append_padded(date += ' ', t.year, 4);
  append_padded(date += ' ', t.hour, 2);
  append_padded(date += ':', t.minute, 2);
  append_padded(date += ':', t.second, 2);
  append_padded(date += offset < 0 ? " -" : " +", magnitude / 60, 2);
  append_padded(date, magnitude % 60, 2);
  return date;
}

std::string clock_text(const Calendar& calendar, VirtualTime time) {
  const CivilTime t = civil_time(calendar, time);
  return fmt::format("{:02}:{:02}:{:02}.{:03}", t.hour, t.minute, t.second, t.microsecond / 1'000);
}

std::string duration_text(Duration duration) {
  if (duration.us < 0) return "-" + duration_text({-duration.us});
  const std::int64_t milliseconds_total = duration.us / 1'000;
  if (milliseconds_total < 1'000) return fmt::format("{} ms", milliseconds_total);
  const std::int64_t seconds_total = milliseconds_total / 1'000;
  if (seconds_total < 60) {
    return fmt::format("{}.{:03} s", seconds_total, milliseconds_total % 1'000);
  }
  const std::int64_t minutes_total = seconds_total / 60;
  if (minutes_total < 60) {
    const std::int64_t rest = seconds_total % 60;
    return rest == 0 ? fmt::format("{} min", minutes_total)
                     : fmt::format("{} min {} s", minutes_total, rest);
  }
  const std::int64_t hours_total = minutes_total / 60;
  if (hours_total < 48) {
    const std::int64_t rest = minutes_total % 60;
    return rest == 0 ? fmt::format("{} h", hours_total)
                     : fmt::format("{} h {} min", hours_total, rest);
  }
  const std::int64_t rest = hours_total % 24;
  return rest == 0 ? fmt::format("{} d", hours_total / 24)
                   : fmt::format("{} d {} h", hours_total / 24, rest);
}

}  // namespace mailwalk
