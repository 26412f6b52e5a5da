#pragma once

namespace mailwalk::bench {

// The window's own code for a frame, without a window: in a run of a million events, beside one of
// a thousand.
void measure_window();

}  // namespace mailwalk::bench
