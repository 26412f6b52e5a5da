#pragma once

#include <cstdint>

namespace mailwalk::bench {

// Octets that the program holds from the allocator, its bookkeeping included.
std::uint64_t allocated_bytes();

}  // namespace mailwalk::bench
