// Room and how much of it is used, as people say it.
#pragma once

#include <cstdint>
#include <string>

#include "export/text.hpp"

namespace mailwalk::exporting {

// "2.6 of 3.0 KB used", "2,6 dari 3,0 KB terpakai"; "631 of 950 octets used"; "2.3 KB of 100.0 MB
// used", each in its own unit. A K is 1000; what is used is rounded down, so that a place looks
// full only if it is. REQUIRES capacity > 0.
std::string room_words(std::uint64_t used_bytes, std::uint64_t capacity_bytes, Language language);

}  // namespace mailwalk::exporting
