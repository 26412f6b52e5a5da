#include "pop3/message_part.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"
#include "wire/dot_codec.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;

TEST_CASE("TOP takes the header, the blank line and so many lines of the body",
          "[pop3][top][P28]") {
  const std::string header = "From: a@a.test\r\nSubject: x\r\n\r\n";
  struct Row {
    std::string content;
    std::uint32_t lines;
    std::string expected;
  };
  const std::vector<Row> rows{
      {header + "1\r\n2\r\n3\r\n", 0, header},
      {header + "1\r\n2\r\n3\r\n", 1, header + "1\r\n"},
      {header + "1\r\n2\r\n3\r\n", 3, header + "1\r\n2\r\n3\r\n"},
      {header + "1\r\n2\r\n3\r\n", 4'294'967'295, header + "1\r\n2\r\n3\r\n"},
      {header + "1\r\n2", 2, header + "1\r\n2"},
      {header + "\r\n\r\n2\r\n", 1, header + "\r\n"},
      {header, 5, header},
      {"Subject: no body\r\n", 5, "Subject: no body\r\n"},
      {"Subject: no line end", 0, "Subject: no line end"},
      {"\r\nonly body\r\n", 0, "\r\n"},
      {"\r\nonly body\r\n", 1, "\r\nonly body\r\n"},
      {"", 3, ""},
      {"a: b\n\nnot the body: LF ends no line\r\n\r\n1\r\n", 0,
       "a: b\n\nnot the body: LF ends no line\r\n\r\n"},
      {"a: b\r\r\n\r\n1\r\n", 0, "a: b\r\r\n\r\n"},
  };
  for (const Row& row : rows) {
    INFO("\"" << row.content << "\", " << row.lines);
    CHECK(top_part(Bytes(row.content), row.lines) == row.expected);
  }
}

TEST_CASE("The size of a message is what a client has after unstuffing, for any octets",
          "[pop3][size][P14][P16]") {
  Prng prng(9);
  for (int round = 0; round < 3'000; ++round) {
    const std::string content =
        mailwalk::test::random_bytes(prng, static_cast<std::size_t>(prng.below(80)));
    wire::DotDecoder decoder({1'000, 1'000});
    decoder.feed(wire::dot_encode(content));
    REQUIRE(decoder.done());
    REQUIRE(decoder.size() == octets_on_wire(Bytes(content)));
  }
  CHECK(octets_on_wire(Bytes()) == 0);
  CHECK(octets_on_wire(Bytes("a")) == 3);
  CHECK(octets_on_wire(Bytes("a\r")) == 4);
  CHECK(octets_on_wire(Bytes("a\n")) == 4);
  CHECK(octets_on_wire(Bytes("a\r\n")) == 3);
  CHECK(octets_on_wire(Bytes("\n")) == 3);
}
