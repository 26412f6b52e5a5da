// How much a test with many cases tries.
#pragma once

#include <algorithm>

namespace mailwalk::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;  // g++
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(undefined_behavior_sanitizer)
inline constexpr bool kSanitized = true;  // clang++
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

// All of them, or one in twenty (but at least five) under sanitizers, which make everything slow: a
// fault of memory shows itself in few cases as well as in many.
constexpr int cases(int all) {
  return kSanitized ? std::max(all / 20, std::min(all, 5)) : all;
}

}  // namespace mailwalk::test
