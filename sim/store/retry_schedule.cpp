#include "store/retry_schedule.hpp"

#include <algorithm>
#include <cassert>

namespace mailwalk::store {

Duration RetrySchedule::wait(Duration age) const {
  assert(min <= max);
  return std::clamp(age, min, max);
}

}  // namespace mailwalk::store
