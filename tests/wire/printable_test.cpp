#include "wire/printable.hpp"

#include "tests/support/catch.hpp"

using mailwalk::wire::printable;

TEST_CASE("Nothing from a mail can command a terminal or hide from a reader", "[wire][printable]") {
  const struct {
    std::string_view bytes;
    std::string_view shown;
  } cases[] = {
      {"", ""},
      {"Halo Budi, ngopi?", "Halo Budi, ngopi?"},
      {"Jalan-jalan — ke Sabang ☕", "Jalan-jalan — ke Sabang ☕"},
      {"\tfolded", "\tfolded"},
      {"\x1b[2J", "␛[2J"},
      {std::string_view("a\0b", 3), "a␀b"},
      {"bare\rcr", "bare␍cr"},
      {"bare\nlf", "bare␊lf"},
      {"\x7f", "␡"},
      {"caf\xe9", "caf‹E9›"},
      {"\xc0\xaf", "‹C0›‹AF›"},              // overlong
      {"\xed\xa0\x80", "‹ED›‹A0›‹80›"},      // a surrogate
      {"\xe2\x82", "‹E2›‹82›"},              // cut short
      {"\xc2\x9b", "‹U+009B›"},              // the one-octet CSI of 8-bit terminals
      {"gpj.\xe2\x80\xae", "gpj.‹U+202E›"},  // right-to-left override
      {"\xe2\x81\xa6x\xe2\x81\xa9", "‹U+2066›x‹U+2069›"},
      {"pay\xe2\x80\x8bpal", "pay‹U+200B›pal"},  // zero width
      {"\xef\xbb\xbf", "‹U+FEFF›"},
      {"\xf3\xa0\x81\x81", "‹U+E0041›"},  // a tag character
  };
  for (const auto& [bytes, shown] : cases) CHECK(printable(bytes) == shown);
}
