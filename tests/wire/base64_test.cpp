#include "wire/base64.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using wire::base64_decode;
using wire::base64_decode_lenient;
using wire::base64_encode;

TEST_CASE("Base64 encodes the vectors of RFC 4648 section 10", "[wire][base64]") {
  struct Case {
    std::string_view bytes, text;
  };
  const std::vector<Case> cases{
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
      {"\xFB\xFF", "+/8="},
  };
  for (const Case& c : cases) {
    CHECK(base64_encode(c.bytes) == c.text);
    CHECK(base64_decode(c.text) == std::string(c.bytes));
  }
}

TEST_CASE("Base64 that is not exactly so is refused [S68]", "[wire][base64]") {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "====", "=", "Zg==Zg==", "Zh==", "Zm9=",
                           "Zm9v\r\n", " Zm9v", "Zm-_", "Z=g=", "\xC3\xA9\xC3\xA9"}) {
    INFO(text);
    CHECK_FALSE(base64_decode(text));
  }
}

TEST_CASE("Base64 in a mail body may be broken in lines and end early", "[wire][base64]") {
  CHECK(base64_decode_lenient("Zm9v\r\nYmFy\r\n") == "foobar");
  CHECK(base64_decode_lenient("Zg==\r\nignored") == "f");
  CHECK(base64_decode_lenient("Zm9vY") == "foo");
  CHECK(base64_decode_lenient("Zm9vYg") == "foob");
  CHECK(base64_decode_lenient("*").empty());
}

TEST_CASE("Base64 decoding undoes encoding", "[wire][base64]") {
  Prng prng(40);
  for (int round = 0; round < 3'000; ++round) {
    const std::string bytes = test::random_bytes(prng, static_cast<std::size_t>(prng.below(100)));
    REQUIRE(base64_decode(base64_encode(bytes)) == bytes);
    REQUIRE(base64_decode_lenient(base64_encode(bytes)) == bytes);
  }
}
