#pragma once

namespace mailwalk::bench {

// From nothing to the first frame on the screen, beside a window in which there is only Dear ImGui.
// Needs a screen, and does without where there is none.
void measure_window_start();

}  // namespace mailwalk::bench
