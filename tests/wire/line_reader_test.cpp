#include "wire/line_reader.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using wire::Line;
using wire::LineFault;
using wire::LineReader;

namespace {

struct Reading {
  std::vector<Line> lines;
  std::string unread;
  bool operator==(const Reading&) const = default;
};

Reading read_lines(const test::Pieces& pieces, std::size_t max_octets) {
  LineReader reader(max_octets);
  Reading reading;
  for (const std::string_view piece : pieces) {
    reader.feed(piece);
    while (const auto line = reader.next()) reading.lines.push_back(*line);
  }
  reading.unread = reader.take_unread();
  return reading;
}

std::vector<Line> lines_of(std::string_view input, std::size_t max_octets = 100) {
  return test::grind(
             input,
             [max_octets](const test::Pieces& pieces) { return read_lines(pieces, max_octets); })
      .lines;
}

}  // namespace

TEST_CASE("A line ends with CRLF and with nothing else [S47]", "[wire][line]") {
  struct Case {
    std::string_view input;
    std::vector<Line> lines;
  };
  const std::vector<Case> cases{
      {"", {}},
      {"NOOP", {}},
      {"NOOP\r", {}},
      {"NOOP\n", {}},
      {"\r\n", {{"", LineFault::None}}},
      {"NOOP\r\nQUIT\r\n", {{"NOOP", LineFault::None}, {"QUIT", LineFault::None}}},
      {"NOOP\nQUIT\r\n", {{"NOOP\nQUIT", LineFault::BareLf}}},
      {"NOOP\rQUIT\r\n", {{"NOOP\rQUIT", LineFault::BareCr}}},
      {"NOOP\r\r\n", {{"NOOP\r", LineFault::BareCr}}},
      {"NOOP\n\r\n", {{"NOOP\n", LineFault::BareLf}}},
      {"\n\r\n", {{"\n", LineFault::BareLf}}},
      {"a\nb\rc\r\n", {{"a\nb\rc", LineFault::BareLf}}},
      {"a\rb\nc\r\n", {{"a\rb\nc", LineFault::BareCr}}},
      {"a\r\n\nb\r\n", {{"a", LineFault::None}, {"\nb", LineFault::BareLf}}},
      {std::string_view("a\0b\r\n", 5), {{std::string("a\0b", 3), LineFault::None}}},
  };
  for (const Case& c : cases) CHECK(lines_of(c.input) == c.lines);
}

TEST_CASE("A line of exactly the limit passes, one octet more is a fault [S39]", "[wire][line]") {
  const std::string fits(510, 'x');
  CHECK(lines_of(fits + "\r\n", 512) == std::vector<Line>{{fits, LineFault::None}});
  CHECK(lines_of(fits + "y\r\nNOOP\r\n", 512) ==
        std::vector<Line>{{fits, LineFault::TooLong}, {"NOOP", LineFault::None}});
  CHECK(lines_of(fits + "\r\r\n", 512) == std::vector<Line>{{fits, LineFault::TooLong}});
  CHECK(lines_of(fits + "\n\r\n", 512) == std::vector<Line>{{fits, LineFault::TooLong}});
}

TEST_CASE("Of several faults in a line the first is reported", "[wire][line]") {
  CHECK(lines_of("ab\ncdefghijk\r\n", 8) == std::vector<Line>{{"ab\ncde", LineFault::BareLf}});
  CHECK(lines_of("abcdefghi\njk\r\n", 8) == std::vector<Line>{{"abcdef", LineFault::TooLong}});
  CHECK(lines_of("abcde\rf\r\n", 8) == std::vector<Line>{{"abcde\r", LineFault::BareCr}});
}

TEST_CASE("A line without end is read in bounded memory and the next one is whole [S40]",
          "[wire][line]") {
  LineReader reader(512);
  const std::string block(4'096, 'x');
  for (int i = 0; i < 10'000; ++i) {
    reader.feed(block);
    REQUIRE_FALSE(reader.next());
    REQUIRE(reader.buffered() <= 512);
  }
  reader.feed("\r\nNOOP\r\n");
  CHECK(reader.next() == Line{std::string(510, 'x'), LineFault::TooLong});
  CHECK(reader.next() == Line{"NOOP", LineFault::None});
  CHECK(reader.empty());
}

TEST_CASE("What follows the last returned line can be taken out whole [S62]", "[wire][line]") {
  LineReader reader(512);
  const std::string content = "\n.\n" + std::string(2'000, 'x') + "\r\n.\r\nQUIT\r";
  reader.feed("DATA\r\n" + content);
  CHECK(reader.next() == Line{"DATA", LineFault::None});
  CHECK(reader.buffered() == content.size());
  CHECK(reader.take_unread() == content);
  CHECK(reader.empty());
  CHECK(reader.take_unread().empty());
  reader.feed("\nQUIT\r\n");
  CHECK(reader.next() == Line{"\nQUIT", LineFault::BareLf});
}

TEST_CASE("A new limit holds for the lines that were not yet returned", "[wire][line]") {
  LineReader reader(8);
  reader.feed("abcdef\r\nabcdefgh\r\nabcdefghi\r\n");
  CHECK(reader.next() == Line{"abcdef", LineFault::None});
  reader.set_max_octets(10);
  CHECK(reader.next() == Line{"abcdefgh", LineFault::None});
  CHECK(reader.next() == Line{"abcdefgh", LineFault::TooLong});
}

TEST_CASE("Lines come out in order while more are fed", "[wire][line]") {
  LineReader reader(512);
  std::string block;
  for (int i = 0; i < 100'000; ++i) block += "NOOP\r\n";
  reader.feed(block);
  for (int i = 0; i < 200'000; ++i) {
    const auto line = reader.next();
    REQUIRE(line);
    REQUIRE(line->text == (i < 100'000 ? "NOOP" : "QUIT"));
    if (i < 100'000) reader.feed("QUIT\r\n");
  }
  CHECK(reader.empty());
}

TEST_CASE("A line reader counts the octets of a line that has no end yet", "[wire][line]") {
  LineReader reader(10);
  for (int i = 1; i <= 100; ++i) {
    reader.feed("0123456789");
    REQUIRE_FALSE(reader.next());
    REQUIRE(reader.unfinished_octets() == 10u * static_cast<unsigned>(i));
  }
  reader.feed("\r\nNO");
  CHECK(reader.next()->fault == LineFault::TooLong);
  CHECK_FALSE(reader.next());
  CHECK(reader.unfinished_octets() == 2);
  reader.take_unread();
  CHECK(reader.unfinished_octets() == 0);
}

TEST_CASE("Line reading does not depend on segmentation, whatever the bytes", "[wire][line]") {
  Prng prng(20);
  for (int round = 0; round < 1'500; ++round) {
    const std::string input = test::random_bytes(prng, static_cast<std::size_t>(prng.below(60)));
    const auto max_octets = static_cast<std::size_t>(prng.between(2, 20));
    test::grind(
        input, [&](const test::Pieces& pieces) { return read_lines(pieces, max_octets).lines; },
        prng.next(), 5);
  }
}

TEST_CASE("Lines and their CRLFs are the input again when nothing is too long", "[wire][line]") {
  Prng prng(21);
  for (int round = 0; round < 3'000; ++round) {
    const std::string input = test::random_bytes(prng, static_cast<std::size_t>(prng.below(200)));
    const Reading reading = read_lines(test::random_segments(input, prng), 1'000);
    std::string joined;
    for (const Line& line : reading.lines) joined += line.text + "\r\n";
    REQUIRE(joined + reading.unread == input);
  }
}
