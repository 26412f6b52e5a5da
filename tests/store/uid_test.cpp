#include "store/uid.hpp"

#include "tests/support/catch.hpp"

using namespace mailwalk::store;

TEST_CASE("A UID is made of the letter's serial and the maildrop's number", "[store][uid][P26]") {
  CHECK(Uid(1, 0x6b0228a8).text() == "000000016b0228a8");
  CHECK(Uid(255, 1).text() == "000000ff00000001");
  CHECK(Uid(0x1'0000'0000, 1).text() == "10000000000000001");
  CHECK(Uid(1, 2) < Uid(2, 1));
  CHECK_FALSE(Uid(1, 2) == Uid(1, 3));
}

TEST_CASE("A UID has 1 to 70 characters of 0x21 to 0x7E", "[store][uid][P26]") {
  for (const std::string& good :
       {std::string("!"), std::string("~"), std::string(70, 'x'), Uid(1, 2).text()}) {
    INFO(good);
    REQUIRE(Uid::parse(good));
    CHECK(Uid::parse(good)->text() == good);
  }
  for (const std::string& bad :
       {std::string(), std::string(71, 'x'), std::string("a b"), std::string("a\x7F"),
        std::string("\xC3\xA9"), std::string(1, '\0')}) {
    INFO("\"" << bad << "\"");
    CHECK_FALSE(Uid::parse(bad));
  }
}
