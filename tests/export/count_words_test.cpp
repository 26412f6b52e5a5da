#include "export/count_words.hpp"

#include "tests/support/catch.hpp"

using mailwalk::exporting::count_words;

TEST_CASE("One thing is told otherwise than many", "[export][words]") {
  CHECK(count_words(0, "letter", "letters") == "no letters");
  CHECK(count_words(1, "letter", "letters") == "1 letter");
  CHECK(count_words(2, "try", "tries") == "2 tries");
  CHECK(count_words(18446744073709551615U, "octet", "octets") == "18446744073709551615 octets");
}
