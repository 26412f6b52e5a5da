#pragma once

namespace mailwalk::bench {

// Mails a second through the whole virtual path, how the cost of a mail grows with their number,
// and what an event costs in memory.
void measure_world();

}  // namespace mailwalk::bench
