// DotDecoder and dot_encode: what is stuffed comes back, and segmentation makes no difference.
#include "wire/dot_codec.hpp"

#include <string>

#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

constexpr wire::DotDecoder::Limits kLimits{1'024, 100};

struct Decoded {
  std::string content;
  std::size_t taken = 0;
  bool done = false;
  bool bare_cr = false;
  bool bare_lf = false;
  std::size_t size = 0;
  std::size_t longest_line = 0;

  friend bool operator==(const Decoded&, const Decoded&) = default;
};

Decoded result(wire::DotDecoder& decoder, std::size_t taken) {
  return {decoder.take(),    taken,          decoder.done(),        decoder.bare_cr(),
          decoder.bare_lf(), decoder.size(), decoder.longest_line()};
}

Decoded decode_whole(std::string_view input) {
  wire::DotDecoder decoder(kLimits);
  const std::size_t taken = decoder.feed(input);
  return result(decoder, taken);
}

Decoded decode_cut(std::string_view input) {
  wire::DotDecoder decoder(kLimits);
  std::size_t taken = 0;
  Prng choices = fuzz::choices_for(input);
  fuzz::in_segments(input, choices, [&](std::string_view segment) {
    if (!decoder.done()) taken += decoder.feed(segment);
  });
  return result(decoder, taken);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  const Decoded decoded = decode_whole(input);
  fuzz::require(decode_cut(input) == decoded, "segmentation makes no difference");
  fuzz::require(decoded.taken <= size, "no more is taken than was given");
  fuzz::require(decoded.content.size() <= kLimits.max_bytes, "the limit of bytes is kept");

  const std::string wire = wire::dot_encode(input);
  wire::DotDecoder decoder({wire.size(), wire.size()});
  fuzz::require(decoder.feed(wire) == wire.size() && decoder.done(), "the terminator is the end");
  std::string expected(input);
  if (!expected.empty() && !expected.ends_with("\r\n")) expected += "\r\n";
  fuzz::require(decoder.take() == expected, "what is stuffed comes back");
  return 0;
}
