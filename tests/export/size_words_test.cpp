#include "export/size_words.hpp"

#include "tests/support/catch.hpp"

using namespace mailwalk::exporting;

TEST_CASE("Room is told in the units of what is used and of what there is", "[export][size]") {
  const struct {
    std::uint64_t used, capacity;
    const char* english;
    const char* indonesian;
  } cases[] = {
      {0, 1, "0 of 1 octets used", "0 dari 1 oktet terpakai"},
      {631, 999, "631 of 999 octets used", "631 dari 999 oktet terpakai"},
      {0, 1'000, "0 of 1.0 KB used", "0 dari 1,0 KB terpakai"},
      {950, 1'000, "950 octets of 1.0 KB used", "950 oktet dari 1,0 KB terpakai"},
      {2'631, 3'000, "2.6 of 3.0 KB used", "2,6 dari 3,0 KB terpakai"},
      {2'999, 3'000, "2.9 of 3.0 KB used", "2,9 dari 3,0 KB terpakai"},
      {3'000, 3'000, "3.0 of 3.0 KB used", "3,0 dari 3,0 KB terpakai"},
      {20'500, 1'500'000, "20.5 KB of 1.5 MB used", "20,5 KB dari 1,5 MB terpakai"},
      {1'000'000'000, 20'000'000'000, "1.0 of 20.0 GB used", "1,0 dari 20,0 GB terpakai"},
      {~std::uint64_t{0}, ~std::uint64_t{0}, "18446744.0 of 18446744.0 TB used",
       "18446744,0 dari 18446744,0 TB terpakai"},
  };
  for (const auto& [used, capacity, english, indonesian] : cases) {
    CHECK(room_words(used, capacity, Language::English) == english);
    CHECK(room_words(used, capacity, Language::Indonesian) == indonesian);
  }
}
