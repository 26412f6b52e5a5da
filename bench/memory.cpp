#include "memory.hpp"

#include <malloc.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace mailwalk::bench {

std::uint64_t allocated_bytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

void take_memory(std::uint64_t octets) {
  constexpr std::size_t kPage = 4096;
  mallopt(M_MMAP_MAX, 0);         // all from the heap,
  mallopt(M_TRIM_THRESHOLD, -1);  // which gives nothing back
  auto* memory = static_cast<volatile char*>(std::malloc(octets));
  if (memory == nullptr) std::abort();
  // In pages of 4 KB the processor spends a third of a long run looking them up, and more in a
  // virtual machine. Many systems give large ones unasked; the others are asked here.
  const auto begin = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t first_page = (begin + kPage - 1) / kPage * kPage;
  madvise(reinterpret_cast<void*>(first_page), octets - (first_page - begin), MADV_HUGEPAGE);
  for (std::uint64_t i = 0; i < octets; i += kPage) memory[i] = 1;  // the system gives it when used
  std::free(const_cast<char*>(memory));
}

}  // namespace mailwalk::bench
