#include "export/time_words.hpp"

#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::exporting;

TEST_CASE("Dates are told as people write them, in the scenario's zone", "[export][time]") {
  const Calendar jakarta{1'767'578'400, 420};  // 2026-01-05 09:00:00 +0700
  CHECK(date_words(jakarta, VirtualTime{}, Language::English) == "Monday, 5 January 2026");
  CHECK(date_words(jakarta, VirtualTime{}, Language::Indonesian) == "Senin, 5 Januari 2026");
  const VirtualTime next_midnight = VirtualTime{} + hours(15);
  CHECK(date_words(jakarta, next_midnight, Language::Indonesian) == "Selasa, 6 Januari 2026");
  CHECK(date_words(jakarta, next_midnight + microseconds(-1), Language::Indonesian) ==
        "Senin, 5 Januari 2026");
  CHECK(zone_words(jakarta) == "UTC+7");
  CHECK(zone_words(Calendar{0, -210}) == "UTC-3:30");
  CHECK(zone_words(Calendar{0, 0}) == "UTC");
}

TEST_CASE("A span of time is told in its two largest units", "[export][time]") {
  const struct {
    Duration duration;
    const char* english;
    const char* indonesian;
  } cases[] = {
      {milliseconds(999), "999 ms", "999 ms"},
      {seconds(59), "59 s", "59 detik"},
      {minutes(30), "30 min", "30 menit"},
      {seconds(90), "1 min 30 s", "1 menit 30 detik"},
      {minutes(150) + seconds(59), "2 h 30 min", "2 jam 30 menit"},
      {hours(24), "1 d", "1 hari"},
      {days(4) + hours(3) + minutes(59), "4 d 3 h", "4 hari 3 jam"},
      {days(4) + minutes(59), "4 d", "4 hari"},
  };
  for (const auto& [duration, english, indonesian] : cases) {
    CHECK(duration_words(duration, Language::English) == english);
    CHECK(duration_words(duration, Language::Indonesian) == indonesian);
  }
}

TEST_CASE("A time on another day is told with its date", "[export][time]") {
  const Calendar calendar{1'767'578'400, 420};  // Monday, 5 January 2026, 09:00
  const VirtualTime now = VirtualTime{} + hours(1);
  CHECK(clock_words(calendar, VirtualTime{} + hours(14), now, Language::English) == "23:00:00");
  const VirtualTime tomorrow = VirtualTime{} + hours(16) + minutes(10) + seconds(45);
  CHECK(clock_words(calendar, tomorrow, now, Language::English) ==
        "01:10:45 on Tuesday, 6 January 2026");
  CHECK(clock_words(calendar, tomorrow, now, Language::Indonesian) ==
        "01:10:45, Selasa, 6 Januari 2026");
  CHECK(clock_words(calendar, tomorrow, tomorrow, Language::Indonesian) == "01:10:45");
}
