// The grinder: a parser must not care how the network cuts what it reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/prng.hpp"
#include "tests/support/catch.hpp"

namespace mailwalk::test {

using Pieces = std::vector<std::string_view>;

// Input in segments of random size, 1 to 2 * mean_octets - 1 each; sometimes an empty one between.
inline Pieces random_segments(std::string_view input, Prng& prng, std::size_t mean_octets = 8) {
  Pieces pieces;
  while (!input.empty()) {
    if (prng.chance(50)) pieces.push_back(input.substr(0, 0));
    const std::size_t size = 1 + static_cast<std::size_t>(prng.below(2 * mean_octets - 1));
    pieces.push_back(input.substr(0, size));
    input.remove_prefix(pieces.back().size());
  }
  return pieces;
}

inline Pieces single_octets(std::string_view input) {
  Pieces pieces;
  for (std::size_t i = 0; i < input.size(); ++i) pieces.push_back(input.substr(i, 1));
  return pieces;
}

// Calls parse(Pieces) -> anything with ==, with the input uncut, cut in two at every octet, one
// octet at a time and in random segments, and requires that the results agree. Returns the uncut
// one.
template <class Parse>
auto grind(std::string_view input, Parse parse, std::uint64_t seed = 1, int random_rounds = 20) {
  INFO("input of " << input.size() << " octets: " << Catch::Detail::stringify(std::string(input)));
  const auto whole = parse(Pieces{input});
  for (std::size_t cut = 0; cut <= input.size(); ++cut) {
    INFO("cut before octet " << cut);
    const bool agrees = parse(Pieces{input.substr(0, cut), input.substr(cut)}) == whole;
    REQUIRE(agrees);
  }
  const bool agrees_octet_by_octet = parse(single_octets(input)) == whole;
  REQUIRE(agrees_octet_by_octet);
  Prng prng(seed);
  for (int round = 0; round < random_rounds; ++round) {
    INFO("random segments of seed " << seed << ", round " << round);
    const bool agrees_in_segments = parse(random_segments(input, prng)) == whole;
    REQUIRE(agrees_in_segments);
  }
  return whole;
}

// Random octets with a liking for those on which parsers of mail protocols turn: line ends, dots,
// colons, angle brackets, blanks, NUL and 8-bit.
inline std::string random_bytes(Prng& prng, std::size_t size) {
  static constexpr std::string_view kTurningPoints("\r\n\r\n\r\n..:<> \0\xC3\xA9\xFF", 16);
  std::string bytes;
  while (bytes.size() < size) {
    if (prng.chance(200)) {
      bytes += "\r\n";
    } else if (prng.chance(400)) {
      bytes += kTurningPoints[static_cast<std::size_t>(prng.below(kTurningPoints.size()))];
    } else if (prng.chance(900)) {
      bytes += static_cast<char>('a' + prng.below(26));
    } else {
      bytes += static_cast<char>(prng.below(256));
    }
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace mailwalk::test
