#pragma once

namespace mailwalk::bench {

// What recording costs: the same run recorded and unrecorded, events a second into the file and out
// of it, and how many octets an event takes on disk.
void measure_recording();

}  // namespace mailwalk::bench
