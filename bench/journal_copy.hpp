// A journal that shares nothing with the run that it comes from, so that its memory can be
// measured.
#pragma once

#include "journal/journal.hpp"

namespace mailwalk::bench {

struct JournalCopy {
  journal::Journal journal;
  double overhead_per_event = 0;  // octets beside those of the payload
};

// Every event is written down and read again, as from a recording.
JournalCopy copy_of(const journal::Journal& journal);

}  // namespace mailwalk::bench
