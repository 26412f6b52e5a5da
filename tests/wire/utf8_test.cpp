#include "wire/utf8.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::wire;

TEST_CASE("Every Unicode scalar value is written and read back", "[wire][utf8]") {
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (code_point == 0xD800) code_point = 0xE000;
    std::string text;
    append_utf8(text, code_point);
    if (utf8_length(text) != text.size() || utf8_code_point(text) != code_point) {
      FAIL("code point " << static_cast<std::uint32_t>(code_point));
    }
  }
  CHECK(is_utf8("plain, caf\xC3\xA9, \xE2\x82\xAC, \xF0\x9F\x93\xA7"));
}

TEST_CASE("Ill-formed UTF-8 is found and replaced octet by octet", "[wire][utf8]") {
  struct Case {
    std::string_view text;
    std::string_view valid;
  };
  const std::vector<Case> cases{
      {"\xFF", "\xEF\xBF\xBD"},
      {"a\x80z", "a\xEF\xBF\xBDz"},
      {"\xC3", "\xEF\xBF\xBD"},
      {"\xC3z", "\xEF\xBF\xBDz"},
      {"\xC0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD"},                  // overlong
      {"\xE0\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},  // overlong
      {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},  // surrogate
      {"\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
  };
  for (const Case& c : cases) {
    CHECK_FALSE(is_utf8(c.text));
    CHECK(utf8_length(c.text.substr(c.text.front() == 'a' ? 1 : 0)) == 0);
    CHECK(to_valid_utf8(c.text) == c.valid);
  }
}

TEST_CASE("Repaired text is valid, and valid text is not touched", "[wire][utf8]") {
  Prng prng(42);
  for (int round = 0; round < 3'000; ++round) {
    const std::string text = test::random_bytes(prng, static_cast<std::size_t>(prng.below(80)));
    const std::string repaired = to_valid_utf8(text);
    REQUIRE(is_utf8(repaired));
    if (is_utf8(text)) REQUIRE(repaired == text);
    REQUIRE(to_valid_utf8(repaired) == repaired);
  }
}

TEST_CASE("ASCII is told from the rest wherever the octet stands", "[wire][utf8]") {
  std::string text(37, 'x');
  CHECK(is_ascii(""));
  CHECK(is_ascii(text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    text[i] = '\x80';
    CHECK_FALSE(is_ascii(text));
    text[i] = '\x7F';
    CHECK(is_ascii(text));
  }
}
