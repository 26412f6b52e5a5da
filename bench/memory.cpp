#include "memory.hpp"

#include <malloc.h>

namespace mailwalk::bench {

std::uint64_t allocated_bytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

}  // namespace mailwalk::bench
