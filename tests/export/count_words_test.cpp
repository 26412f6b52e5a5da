#include "export/count_words.hpp"

#include "tests/support/catch.hpp"

using mailwalk::exporting::count_words;
using mailwalk::exporting::ordinal_words;

TEST_CASE("One thing is told otherwise than many", "[export][words]") {
  CHECK(count_words(0, "letter", "letters") == "no letters");
  CHECK(count_words(1, "letter", "letters") == "1 letter");
  CHECK(count_words(2, "try", "tries") == "2 tries");
  CHECK(count_words(18446744073709551615U, "octet", "octets") == "18446744073709551615 octets");
}

TEST_CASE("Ordinals are words up to ten, and digits behind", "[export][words]") {
  CHECK(ordinal_words(1) == "first");
  CHECK(ordinal_words(10) == "tenth");
  CHECK(ordinal_words(11) == "11th");
  CHECK(ordinal_words(13) == "13th");
  CHECK(ordinal_words(21) == "21st");
  CHECK(ordinal_words(102) == "102nd");
  CHECK(ordinal_words(113) == "113th");
  CHECK(ordinal_words(1003) == "1003rd");
}
