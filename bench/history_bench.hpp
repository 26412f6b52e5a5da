#pragma once

namespace mailwalk::bench {

// Going anywhere in a journal of a million events, beside folding all of it; what journal and
// checkpoints take in memory as the journal grows.
void measure_history();

}  // namespace mailwalk::bench
