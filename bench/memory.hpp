#pragma once

#include <cstdint>

namespace mailwalk::bench {

// Octets that the program holds from the allocator, its bookkeeping included.
std::uint64_t allocated_bytes();

// Has the system hand out so many octets now, and keeps them for what is allocated from here on.
void take_memory(std::uint64_t octets);

}  // namespace mailwalk::bench
