// Durations, sizes and rates as people write them: "20 ms", "1 h 30 min", "10 KB", "1.5 MB/s".
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "base/virtual_time.hpp"

namespace mailwalk::world {

// Far beyond any lesson, and so far below 2^63 us that sums of a few cannot overflow.
inline constexpr Duration kLongestDuration = days(3'650);
// Likewise for sizes and rates, in octets.
inline constexpr std::uint64_t kLargestSizeBytes = 1'000'000'000'000;

// One or more quantities of us, ms, s, min, h or d, the larger first. A fraction is allowed as far
// as the result is whole microseconds. An error says what is wrong and what is expected, without
// place.
Result<Duration> parse_duration(std::string_view text);

// A quantity of B, KB, MB, GB, TB (thousands) or KiB, MiB, GiB (1024s), in octets.
Result<std::uint64_t> parse_size(std::string_view text);

// A size and "/s", at least one octet, in octets per second.
Result<std::uint64_t> parse_rate(std::string_view text);

}  // namespace mailwalk::world
