// Recordings of older versions, brought up to this one.
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {

// Turns what is in the database, a copy of a recording of an older version, into this version, one
// version after another. REQUIRES 0 <= version < kFormatVersion.
Done migrate(Database& copy, std::int64_t version);

}  // namespace mailwalk::journal
