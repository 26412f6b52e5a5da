// Payloads of every kind with drawn fields, by the same list of fields that the codec reads.
#pragma once

#include <cstddef>
#include <variant>

#include "base/prng.hpp"
#include "journal/payloads.hpp"

namespace mailwalk::test {

// Full: any value that fits. Crowded: few different ones, so that events refer to each other's
// things.
enum class Range { Full, Crowded };

inline constexpr std::size_t kPayloadKinds = std::variant_size_v<journal::PayloadVariant>;

// REQUIRES kind < kPayloadKinds.
journal::Payload random_payload(std::size_t kind, Prng& prng, Range range);

}  // namespace mailwalk::test
