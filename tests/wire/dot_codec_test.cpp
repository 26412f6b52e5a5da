#include "wire/dot_codec.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using wire::dot_encode;
using wire::DotDecoder;

namespace {

constexpr DotDecoder::Limits kWide{1'000'000, 1'000};

struct Decoding {
  bool done = false;
  std::string content;
  std::string rest;  // what came after the terminator
  std::size_t size = 0;
  std::size_t longest_line = 0;
  bool too_big = false;
  bool bare_cr = false;
  bool bare_lf = false;
  bool operator==(const Decoding&) const = default;
};

Decoding decode(const test::Pieces& pieces, DotDecoder::Limits limits = kWide) {
  DotDecoder decoder(limits);
  Decoding decoding;
  for (const std::string_view piece : pieces) {
    decoding.rest += piece.substr(decoder.feed(piece));
  }
  decoding.done = decoder.done();
  decoding.content = decoder.take();
  decoding.size = decoder.size();
  decoding.longest_line = decoder.longest_line();
  decoding.too_big = decoder.too_big();
  decoding.bare_cr = decoder.bare_cr();
  decoding.bare_lf = decoder.bare_lf();
  return decoding;
}

// RFC 5321 section 4.5.2 word by word, for input that is here whole: cut into CRLF lines; a line of
// a dot alone ends the data; of any other line that begins with a dot, the dot is dropped.
Decoding decode_by_lines(std::string_view input) {
  Decoding decoding;
  while (!decoding.done) {
    const std::size_t end = input.find("\r\n");
    if (end == std::string_view::npos) return decoding;
    const std::string_view line = input.substr(0, end);
    decoding.done = line == ".";
    if (!decoding.done) decoding.content += line.substr(line.substr(0, 1) == "." ? 1 : 0);
    if (!decoding.done) decoding.content += "\r\n";
    input.remove_prefix(end + 2);
  }
  decoding.rest = input;
  return decoding;
}

Decoding ground(std::string_view input) {
  return test::grind(input, [](const test::Pieces& pieces) { return decode(pieces); });
}

std::string with_final_crlf(const std::string& content) {
  const bool whole = content.empty() ||
                     (content.size() >= 2 && content.compare(content.size() - 2, 2, "\r\n") == 0);
  return whole ? content : content + "\r\n";
}

}  // namespace

TEST_CASE("A dot at the start of a line is stuffed, others are not [S42][P15]", "[wire][dot]") {
  struct Case {
    std::string_view content, wire;
  };
  const std::vector<Case> cases{
      {"", ".\r\n"},
      {"\r\n", "\r\n.\r\n"},
      {"a\r\n", "a\r\n.\r\n"},
      {".\r\n", "..\r\n.\r\n"},
      {"..\r\n", "...\r\n.\r\n"},
      {".x\r\n.y\r\n", "..x\r\n..y\r\n.\r\n"},
      {"a.\r\nb.c\r\n", "a.\r\nb.c\r\n.\r\n"},
      {"a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n"},
      {"a\n.\nb\r\n", "a\n.\nb\r\n.\r\n"},
      {"a\r.\rb\r\n", "a\r.\rb\r\n.\r\n"},
      {"a\r\r\n.b\r\n", "a\r\r\n..b\r\n.\r\n"},
  };
  for (const Case& c : cases) {
    CHECK(dot_encode(c.content) == c.wire);
    CHECK(ground(c.wire).content == c.content);
  }
}

TEST_CASE("A last line without CRLF gets one before the terminator [P16]", "[wire][dot]") {
  CHECK(dot_encode("a") == "a\r\n.\r\n");
  CHECK(dot_encode(".") == "..\r\n.\r\n");
  CHECK(dot_encode("a\n") == "a\n\r\n.\r\n");
  CHECK(dot_encode("a\r") == "a\r\r\n.\r\n");
  CHECK(dot_encode("\n") == "\n\r\n.\r\n");
}

TEST_CASE("Data ends at the terminator and leaves what follows alone [S48][S49][S55]",
          "[wire][dot]") {
  struct Case {
    std::string_view input, content, rest;
  };
  const std::vector<Case> cases{
      {".\r\n", "", ""},
      {".\r\nQUIT\r\n", "", "QUIT\r\n"},
      {"a\r\n.\r\n.\r\n", "a\r\n", ".\r\n"},
      {"a\r\n..\r\n.\r\nRSET\r\n", "a\r\n.\r\n", "RSET\r\n"},
      {".a\r\n.\r\n", "a\r\n", ""},
      {"\r\n.\r\n\r\n", "\r\n", "\r\n"},
  };
  for (const Case& c : cases) {
    INFO(std::string(c.input));
    const Decoding decoding = ground(c.input);
    CHECK(decoding.done);
    CHECK(decoding.content == c.content);
    CHECK(decoding.rest == c.rest);
    CHECK(decoding.size == c.content.size());
  }
}

TEST_CASE("Nothing but CRLF.CRLF ends data, and bare line ends are reported [S43][S44][S45][S46]",
          "[wire][dot][smuggling]") {
  struct Case {
    std::string_view end, kept;  // what stands between "body" and "MAIL", and what becomes of it
    bool bare_cr, bare_lf;
  };
  const std::vector<Case> cases{
      {"\n.\n", "\n.\n", false, true},
      {"\n.\r\n", "\n.\r\n", false, true},
      {"\r\n.\n", "\r\n\n", false, true},
      {"\r.\r", "\r.\r", true, false},
      {"\r.\r\n", "\r.\r\n", true, false},
      {"\r\n.\r", "\r\n\r", true, false},
      {"\r\n.\r\r\n", "\r\n\r\r\n", true, false},
      {"\n.\r", "\n.\r", true, true},
      {"\r.\n", "\r.\n", true, true},
      {"\r\r\n.\r", "\r\r\n\r", true, false},
      {"\n\r\n.\n", "\n\r\n\n", false, true},
      {"\r\n.\n\r\n", "\r\n\n\r\n", false, true},
      {std::string_view("\r\n\0.\r\n", 6), std::string_view("\r\n\0.\r\n", 6), false, false},
      {std::string_view("\r\n.\0\r\n", 6), std::string_view("\r\n\0\r\n", 5), false, false},
      {"\r\n. \r\n", "\r\n \r\n", false, false},
  };
  for (const Case& c : cases) {
    const std::string input = "body" + std::string(c.end) + "MAIL FROM:<evil@a.test>\r\n";
    INFO(Catch::Detail::stringify(input));
    const Decoding open = ground(input);
    CHECK_FALSE(open.done);
    CHECK(open.rest.empty());
    CHECK(open.bare_cr == c.bare_cr);
    CHECK(open.bare_lf == c.bare_lf);
    const Decoding ended = ground(input + ".\r\n");
    CHECK(ended.done);
    CHECK(ended.content == "body" + std::string(c.kept) + "MAIL FROM:<evil@a.test>\r\n");
  }
}

TEST_CASE("At its very start data ends with a dot line only", "[wire][dot][smuggling]") {
  CHECK(ground(".\r\n").done);
  CHECK_FALSE(ground(".\n").done);
  CHECK_FALSE(ground(".\r").done);
  CHECK_FALSE(ground(".\r\r\n").done);
  CHECK_FALSE(ground("\n.\r\n").done);
  CHECK_FALSE(ground("..\r\n").done);
}

TEST_CASE("Every short sequence of CR, LF and dots is read as the RFC's words have it",
          "[wire][dot][smuggling]") {
  static constexpr std::string_view kAlphabet = "\r\n.x";
  for (std::size_t length = 0; length <= 8; ++length) {
    const std::size_t sequences = std::size_t{1} << (2 * length);
    for (std::size_t sequence = 0; sequence < sequences; ++sequence) {
      std::string input;
      for (std::size_t i = 0; i < length; ++i) input += kAlphabet[sequence >> (2 * i) & 3];
      const Decoding expected = decode_by_lines(input);
      const Decoding decoded = decode(test::single_octets(input));
      if (decoded.done != expected.done || decoded.rest != expected.rest ||
          (expected.done && decoded.content != expected.content)) {
        FAIL(Catch::Detail::stringify(input));
      }
    }
  }
}

TEST_CASE("Content past the limit is counted, not kept [S52]", "[wire][dot]") {
  const std::string line(98, 'x');
  std::string content;
  for (int i = 0; i < 10; ++i) content += line + "\r\n";
  const auto decode_with = [&](std::size_t max_bytes) {
    return decode({dot_encode(content)}, {max_bytes, 1'000});
  };
  CHECK_FALSE(decode_with(1'000).too_big);
  CHECK(decode_with(1'000).content == content);
  const Decoding over = decode_with(999);
  CHECK(over.done);
  CHECK(over.too_big);
  CHECK(over.size == 1'000);
  CHECK(over.content.empty());
}

TEST_CASE("The longest line is measured with CRLF and without its stuffed dot [S41]",
          "[wire][dot]") {
  CHECK(ground("abc\r\na\r\n.\r\n").longest_line == 5);
  CHECK(ground("..bc\r\n.\r\n").longest_line == 5);
  CHECK(ground("ab\ncd\r\n.\r\n").longest_line == 7);
  CHECK(ground(".\r\n").longest_line == 0);

  DotDecoder decoder(kWide);
  decoder.feed(std::string(998, 'x') + "\r\n");
  CHECK_FALSE(decoder.line_too_long());
  decoder.feed("." + std::string(998, '.') + "\r\n");
  CHECK_FALSE(decoder.line_too_long());
  decoder.feed(std::string(999, 'x') + "\r\n");
  CHECK(decoder.line_too_long());
  CHECK(decoder.size() == 3'001);
}

TEST_CASE("Decoding undoes encoding for any content in any segmentation", "[wire][dot]") {
  Prng prng(30);
  for (int round = 0; round < 6'000; ++round) {
    const std::string content = test::random_bytes(prng, static_cast<std::size_t>(prng.below(300)));
    const std::string next_command = "NOOP\r\n";
    const Decoding decoding =
        decode(test::random_segments(dot_encode(content) + next_command, prng));
    REQUIRE(decoding.done);
    REQUIRE(decoding.content == with_final_crlf(content));
    REQUIRE(decoding.rest == next_command);
  }
}

TEST_CASE("Decoding does not depend on segmentation, whatever the bytes", "[wire][dot]") {
  Prng prng(31);
  for (int round = 0; round < 1'500; ++round) {
    const std::string input = test::random_bytes(prng, static_cast<std::size_t>(prng.below(60)));
    test::grind(
        input, [](const test::Pieces& pieces) { return decode(pieces); }, prng.next(), 5);
  }
}

TEST_CASE("Bare line ends are reported exactly where there are some", "[wire][dot]") {
  Prng prng(32);
  for (int round = 0; round < 3'000; ++round) {
    const std::string content =
        with_final_crlf(test::random_bytes(prng, static_cast<std::size_t>(prng.below(80))));
    bool bare_cr = false, bare_lf = false;
    for (std::size_t i = 0; i < content.size(); ++i) {
      bare_cr |= content[i] == '\r' && (i + 1 == content.size() || content[i + 1] != '\n');
      bare_lf |= content[i] == '\n' && (i == 0 || content[i - 1] != '\r');
    }
    const Decoding decoding = decode(test::random_segments(dot_encode(content), prng));
    INFO(Catch::Detail::stringify(content));
    REQUIRE(decoding.bare_cr == bare_cr);
    REQUIRE(decoding.bare_lf == bare_lf);
  }
}
