// LineReader: the same lines, however the network cuts them, and no more memory than promised.
#include "wire/line_reader.hpp"

#include <vector>

#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

constexpr std::size_t kMaxOctets = 32;  // short, so that lines are often too long

void take_lines(wire::LineReader& reader, std::vector<wire::Line>& lines) {
  while (auto line = reader.next()) lines.push_back(std::move(*line));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);

  wire::LineReader uncut(kMaxOctets);
  std::vector<wire::Line> expected;
  uncut.feed(input);
  take_lines(uncut, expected);

  wire::LineReader reader(kMaxOctets);
  std::vector<wire::Line> lines;
  Prng choices = fuzz::choices_for(input);
  fuzz::in_segments(input, choices, [&](std::string_view segment) {
    reader.feed(segment);
    take_lines(reader, lines);
    fuzz::require(reader.buffered() <= 2 * kMaxOctets, "an overlong line is forgotten");
  });

  fuzz::require(lines == expected, "segmentation makes no difference");
  for (const wire::Line& line : lines) {
    fuzz::require(line.text.size() <= kMaxOctets - 2, "no line exceeds the limit");
    fuzz::require(line.text.find("\r\n") == std::string::npos, "CRLF ends a line");
  }
  return 0;
}
