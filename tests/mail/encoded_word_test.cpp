#include "mail/encoded_word.hpp"

#include "mail/charset.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"
#include "wire/utf8.hpp"

using namespace mailwalk;
using namespace mailwalk::mail;

TEST_CASE("Encoded words are decoded for people", "[mail][words]") {
  struct Case {
    std::string_view value, shown;
  };
  const std::vector<Case> cases{
      {"", ""},
      {"plain text", "plain text"},
      {"=?UTF-8?Q?caf=C3=A9?=", "caf\xC3\xA9"},
      {"=?utf-8?q?a_b=5Fc?=", "a b_c"},
      {"=?UTF-8?B?Y2Fmw6k=?=", "caf\xC3\xA9"},
      {"=?ISO-8859-1?Q?caf=E9?=", "caf\xC3\xA9"},
      {"=?iso-8859-1?b?Y2Fm6Q==?=", "caf\xC3\xA9"},
      {"=?windows-1252?Q?=80_=93x=94?=", "\xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D"},
      {"=?US-ASCII?Q?abc?=", "abc"},
      {"=?UTF-8*id?Q?kop=C3=AD?=", "kop\xC3\xAD"},
      {"a =?UTF-8?Q?b?= c", "a b c"},
      {"=?UTF-8?Q?a?= =?UTF-8?Q?b?=", "ab"},
      {"=?UTF-8?Q?a?= \t =?UTF-8?Q?b?=", "ab"},
      {"=?UTF-8?Q?a?= x =?UTF-8?Q?b?=", "a x b"},
      {"=?UTF-8?Q?a_?= =?UTF-8?Q?_b?=", "a  b"},
      {"=?UTF-8?Q?\?=", ""},
  };
  for (const Case& c : cases) {
    INFO(std::string(c.value));
    CHECK(decode_words(c.value) == c.shown);
  }
}

TEST_CASE("Words that cannot be read are shown raw", "[mail][words]") {
  for (const std::string value :
       {"=?KOI8-R?Q?abc?=", "=?UTF-8?X?abc?=", "=?UTF-8?B?a?=", "=?UTF-8?Q?abc", "=?UTF-8?Q?abc?",
        "=?UTF-8?Qabc?=", "=?UTF-8?\?abc?=", "=?", "=?=", "=?\?\?=", "a =? b ?= c"}) {
    INFO(value);
    CHECK(decode_words(value) == value);
  }
  CHECK(decode_words("=?bad =?UTF-8?Q?a?=") == "=?bad a");
}

TEST_CASE("What is shown is always one line of valid UTF-8", "[mail][words]") {
  CHECK(decode_words("=?UTF-8?Q?a=0D=0Ab=00?=") == "a  b ");
  CHECK(decode_words("=?UTF-8?Q?=FF?=") == "\xEF\xBF\xBD");
  CHECK(decode_words("=?US-ASCII?Q?=E9?=") == "\xEF\xBF\xBD");
  Prng prng(80);
  static constexpr std::string_view kAlphabet = "=?UTF-8QB_ \r\n\xC3\xA9\xFF";
  for (int round = 0; round < 20'000; ++round) {
    std::string value;
    for (int i = 0; i < 30; ++i) {
      value += kAlphabet[static_cast<std::size_t>(prng.below(kAlphabet.size()))];
    }
    const std::string shown = decode_words(value);
    REQUIRE(wire::is_utf8(shown));
    REQUIRE(shown.find_first_of("\r\n") == std::string::npos);
  }
}

TEST_CASE("Decoding costs time in proportion to its input", "[mail][words]") {
  std::string hostile;
  while (hostile.size() < 2'000'000) hostile += "=?UTF-8?Q?";
  CHECK(decode_words(hostile) == hostile);
  hostile.clear();
  while (hostile.size() < 2'000'000) hostile += "=?";
  CHECK(decode_words(hostile) == hostile);
}

TEST_CASE("Text is encoded only where it must be", "[mail][words]") {
  CHECK(encode_words("") == "");
  CHECK(encode_words("Hello, world!") == "Hello, world!");
  CHECK(encode_words("caf\xC3\xA9 now") == "=?UTF-8?Q?caf=C3=A9_now?=");
  CHECK(encode_words("=?UTF-8?Q?x?=") == "=?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3F=3D?=");
  CHECK(encode_words(" a") == "=?UTF-8?Q?_a?=");
  CHECK(encode_words("a\tb") == "=?UTF-8?Q?a=09b?=");
  CHECK(encode_words(std::string(2'000, 'x')).substr(0, 11) == "=?UTF-8?Q?x");
}

TEST_CASE("Encoded text reads back as it was, in words that fit", "[mail][words]") {
  static constexpr std::string_view kCharacters[] = {
      "a", " ", "_", "=", "?", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x93\xA7"};
  Prng prng(81);
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    const auto length = prng.below(60);
    for (std::uint64_t i = 0; i < length; ++i) text += kCharacters[prng.below(8)];
    const std::string encoded = encode_words(text);
    INFO(text);
    REQUIRE(wire::is_ascii(encoded));
    REQUIRE(decode_words(encoded) == text);
    if (encoded == text) continue;
    std::size_t word = 0;
    for (const char c : encoded) {
      word = c == ' ' ? 0 : word + 1;
      REQUIRE(word <= 60);
    }
  }
}

TEST_CASE("Charsets are known by their names", "[mail][words]") {
  CHECK(charset_named("UTF-8") == Charset::Utf8);
  CHECK(charset_named("Latin1") == Charset::Iso8859_1);
  CHECK(charset_named("us-ascii") == Charset::UsAscii);
  CHECK(charset_named("CP1252") == Charset::Windows1252);
  CHECK_FALSE(charset_named("shift_jis"));
  CHECK_FALSE(charset_named(""));
  for (int octet = 0; octet < 256; ++octet) {
    const std::string text(1, static_cast<char>(octet));
    for (const Charset charset :
         {Charset::UsAscii, Charset::Utf8, Charset::Iso8859_1, Charset::Windows1252}) {
      CHECK(wire::is_utf8(to_utf8(text, charset)));
    }
  }
}
