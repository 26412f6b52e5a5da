// What the fuzzers share. Each defines LLVMFuzzerTestOneInput: any bytes in, and it stops the
// program if the parser does not keep a promise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/fingerprint.hpp"
#include "base/prng.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace mailwalk::fuzz {

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Choices that belong to an input: the same each time it is tried, others for any other input. The
// input stays what the parser reads, so that a seed is a plain file.
inline Prng choices_for(std::string_view input) {
  Fingerprint fingerprint;
  fingerprint.add_text(input);
  return Prng(fingerprint.value());
}

// Hands over the input in segments of 1 to 16 octets.
template <class Use>
void in_segments(std::string_view input, Prng& choices, Use use) {
  while (!input.empty()) {
    const std::string_view segment = input.substr(0, 1 + choices.below(16));
    use(segment);
    input.remove_prefix(segment.size());
  }
}

// Stops the program if a promise was not kept, so that the input which did it is reported.
inline void require(bool kept, const char* promise) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

}  // namespace mailwalk::fuzz
