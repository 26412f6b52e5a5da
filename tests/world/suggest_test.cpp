#include "world/suggest.hpp"

#include "tests/support/catch.hpp"

using namespace mailwalk::world;

TEST_CASE("Words are as far apart as the slips between them", "[world][suggest]") {
  struct Case {
    const char* a;
    const char* b;
    std::size_t distance;
  };
  const Case cases[] = {{"", "", 0},
                        {"", "abc", 3},
                        {"mailbox", "mailbox", 0},
                        {"Mailbox", "mailbox", 0},
                        {"mialbox", "mailbox", 1},
                        {"malbox", "mailbox", 1},
                        {"mailboxx", "mailbox", 1},
                        {"kitten", "sitting", 3},
                        {"ab", "ba", 1}};
  for (const Case& c : cases) {
    INFO(c.a << " and " << c.b);
    CHECK(edit_distance(c.a, c.b) == c.distance);
    CHECK(edit_distance(c.b, c.a) == c.distance);
  }
}

TEST_CASE("The nearest word is suggested, or all are named", "[world][suggest]") {
  const Words roles{"mta", "mailbox", "maa", "names"};
  CHECK(suggest("mailbx", roles) == "did you mean \"mailbox\"?");
  CHECK(suggest("MTA", roles) == "did you mean \"mta\"?");
  CHECK(suggest("router", roles) == "known are: mta, mailbox, maa, names");
  CHECK(suggest("x", {}).empty());
  CHECK(suggest(std::string(10'000, 'm'), roles) == "known are: mta, mailbox, maa, names");
}
