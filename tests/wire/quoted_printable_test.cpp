#include "wire/quoted_printable.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using wire::quoted_printable_decode;
using wire::quoted_printable_encode;

TEST_CASE("Quoted-printable keeps what can be read and escapes the rest", "[wire][qp]") {
  struct Case {
    std::string_view text, encoded;
  };
  const std::vector<Case> cases{
      {"", ""},
      {"plain, text!\r\n", "plain, text!\r\n"},
      {"a=b\r\n", "a=3Db\r\n"},
      {"caf\xC3\xA9\r\n", "caf=C3=A9\r\n"},
      {"end blank \r\nend tab\t\r\n", "end blank=20\r\nend tab=09\r\n"},
      {" a\tb", " a\tb"},
      {"bare\rcr", "bare=0Dcr"},
      {"bare\nlf", "bare=0Alf"},
      {std::string_view("nul\0", 4), "nul=00"},
      {"\r\n\r\n", "\r\n\r\n"},
  };
  for (const Case& c : cases) {
    CHECK(quoted_printable_encode(c.text) == c.encoded);
    CHECK(quoted_printable_decode(c.encoded) == c.text);
  }
}

TEST_CASE("Quoted-printable breaks lines softly at 76 octets", "[wire][qp]") {
  const std::string fits(76, 'x');
  CHECK(quoted_printable_encode(fits + "\r\n") == fits + "\r\n");
  CHECK(quoted_printable_encode(fits + "y\r\n") == std::string(75, 'x') + "=\r\nxy\r\n");
  CHECK(quoted_printable_encode(std::string(74, 'x') + "\xE9") ==
        std::string(74, 'x') + "=\r\n=E9");
}

TEST_CASE("Quoted-printable that is wrong is decoded as far as it goes", "[wire][qp]") {
  CHECK(quoted_printable_decode("a=c3=a9") == "a\xC3\xA9");
  CHECK(quoted_printable_decode("a=XYb") == "a=XYb");
  CHECK(quoted_printable_decode("a=4") == "a=4");
  CHECK(quoted_printable_decode("a=") == "a");
  CHECK(quoted_printable_decode("a=  \r\nb") == "ab");
  CHECK(quoted_printable_decode("a  \r\n") == "a\r\n");
}

TEST_CASE("Quoted-printable decoding undoes encoding, in lines that fit", "[wire][qp]") {
  Prng prng(41);
  for (int round = 0; round < 3'000; ++round) {
    const std::string text = test::random_bytes(prng, static_cast<std::size_t>(prng.below(400)));
    const std::string encoded = quoted_printable_encode(text);
    REQUIRE(quoted_printable_decode(encoded) == text);
    std::size_t column = 0;
    for (const char c : encoded) {
      column = c == '\n' ? 0 : column + 1;
      REQUIRE(column <= 77);  // 76 and the CR
    }
  }
}
