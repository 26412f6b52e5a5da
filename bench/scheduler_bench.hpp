#pragma once

namespace mailwalk::bench {

// The scheduler beside a bare std::priority_queue that does the same pushes and pops.
void measure_scheduler();

}  // namespace mailwalk::bench
