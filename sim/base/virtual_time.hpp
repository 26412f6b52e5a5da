// Virtual time: whole microseconds, never read from a clock.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace mailwalk {

// A span of virtual time in microseconds.
struct Duration {
  std::int64_t us = 0;
  friend constexpr auto operator<=>(Duration, Duration) = default;
};

constexpr Duration microseconds(std::int64_t n) {
  return {n};
}
constexpr Duration milliseconds(std::int64_t n) {
  return {n * 1'000};
}
constexpr Duration seconds(std::int64_t n) {
  return {n * 1'000'000};
}
constexpr Duration minutes(std::int64_t n) {
  return seconds(n * 60);
}
constexpr Duration hours(std::int64_t n) {
  return minutes(n * 60);
}
constexpr Duration days(std::int64_t n) {
  return hours(n * 24);
}

constexpr Duration operator+(Duration a, Duration b) {
  return {a.us + b.us};
}
constexpr Duration operator-(Duration a, Duration b) {
  return {a.us - b.us};
}
constexpr Duration operator*(Duration a, std::int64_t n) {
  return {a.us * n};
}

// A moment: microseconds since the scenario's start.
struct VirtualTime {
  std::int64_t us = 0;
  friend constexpr auto operator<=>(VirtualTime, VirtualTime) = default;
};

constexpr VirtualTime operator+(VirtualTime t, Duration d) {
  return {t.us + d.us};
}
constexpr Duration operator-(VirtualTime a, VirtualTime b) {
  return {a.us - b.us};
}

// The civil time at which virtual time 0 stands, so that mails carry real dates.
struct Calendar {
  std::int64_t start_unix_seconds = 0;  // Unix time of VirtualTime{0}
  int utc_offset_minutes = 0;           // +420 for Western Indonesia

  friend bool operator==(const Calendar&, const Calendar&) = default;
};

// Civil date and time of day in the calendar's own zone.
struct CivilTime {
  std::int64_t year;
  int month;    // 1 to 12
  int day;      // 1 to 31
  int weekday;  // 0 = Sunday
  int hour;     // 0 to 23
  int minute;
  int second;
  int microsecond;
};

// From a proleptic Gregorian date to days since 1970-01-01.
std::int64_t days_from_civil(std::int64_t year, int month, int day);

CivilTime civil_time(const Calendar& calendar, VirtualTime time);

// "Mon, 05 Jan 2026 09:00:00 +0700" (RFC 5322 section 3.3).
std::string rfc5322_date(const Calendar& calendar, VirtualTime time);

// "09:15:03.240": time of day with milliseconds, for transcripts and screens.
std::string clock_text(const Calendar& calendar, VirtualTime time);

// "1.250 s", "14 min", "2 h 30 min", "4 d": for people, rounded to what matters.
std::string duration_text(Duration duration);

}  // namespace mailwalk
