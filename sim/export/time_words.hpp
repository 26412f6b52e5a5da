// Dates and spans of time as people say them, in both languages.
#pragma once

#include <string>

#include "base/virtual_time.hpp"
#include "export/text.hpp"

namespace mailwalk::exporting {

// "Monday, 5 January 2026", "Senin, 5 Januari 2026": in the calendar's own zone.
std::string date_words(const Calendar& calendar, VirtualTime time, Language language);

// "UTC+7", "UTC-3:30", "UTC".
std::string zone_words(const Calendar& calendar);

// "09:30:00"; on another day than now "09:30:00 on Tuesday, 6 January 2026".
std::string clock_words(const Calendar& calendar, VirtualTime time, VirtualTime now,
                        Language language);

// "2 h 30 min", "2 jam 30 menit": the largest unit and the one below it, no smaller than seconds;
// of less than a second "20 ms".
std::string duration_words(Duration duration, Language language);

}  // namespace mailwalk::exporting
