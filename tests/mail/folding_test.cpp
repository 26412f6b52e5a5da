#include "mail/folding.hpp"

#include "base/prng.hpp"
#include "mail/header.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::mail;

namespace {

std::size_t longest_folded_line(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    REQUIRE(end != std::string_view::npos);
    longest = std::max(longest, end);
    text.remove_prefix(end + 2);
  }
  return longest;
}

}  // namespace

TEST_CASE("A short field stays on one line", "[mail][folding]") {
  CHECK(fold_field("Subject", "hello") == "Subject: hello\r\n");
  CHECK(fold_field("Subject", "") == "Subject:\r\n");
  CHECK(fold_field("Subject", "  hello ") == "Subject: hello\r\n");
}

TEST_CASE("A long field is folded before a blank, at 76 octets", "[mail][folding]") {
  const std::string value = std::string(60, 'a') + " bcdef ghi";
  CHECK(fold_field("Subject", value) == "Subject: " + std::string(60, 'a') + " bcdef\r\n ghi\r\n");
  CHECK(fold_field("Subject", value.substr(0, 66)) == "Subject: " + value.substr(0, 66) + "\r\n");
}

TEST_CASE("Each clause starts a line of its own", "[mail][folding]") {
  CHECK(fold_field("Received", {"from a", "by b", "for c"}) ==
        "Received: from a\r\n\tby b\r\n\tfor c\r\n");
}

TEST_CASE("No value can forge a field or a line end", "[mail][folding]") {
  CHECK(fold_field("Subject", "a\r\nBcc: b@b.test") == "Subject: a  Bcc: b@b.test\r\n");
  CHECK(fold_field("Subject", std::string("a\0b\rc\nd", 7)) == "Subject: a b c d\r\n");
  CHECK(fold_field("Subject", "a\r\n\r\n") == "Subject: a\r\n");
}

TEST_CASE("A word longer than a line may be is cut", "[mail][folding]") {
  const std::string field = fold_field("Subject", std::string(3'000, 'x'));
  CHECK(longest_folded_line(field) == kMaxLineOctets);
  CHECK(HeaderIndex(field).well_formed());
  CHECK(HeaderIndex(field).fields().size() == 1);
}

TEST_CASE("Unfolding gives back what was folded", "[mail][folding]") {
  Prng prng(60);
  for (int round = 0; round < 2'000; ++round) {
    std::string value = "x";
    while (value.size() < 300) {
      value += prng.chance(100) ? std::string(1, prng.chance(500) ? ' ' : '\t')
                                : std::string(1, static_cast<char>(prng.between('!', '~')));
    }
    value += 'x';
    const std::string field = fold_field("X-Test", value);
    const HeaderIndex index(field);
    REQUIRE(index.well_formed());
    REQUIRE(index.fields().size() == 1);
    REQUIRE(index.fields()[0].value() == value);
    REQUIRE(index.size() == field.size());
  }
}

TEST_CASE("Unfolding removes the line ends before blanks and nothing else", "[mail][folding]") {
  CHECK(unfold(" a\r\n b\r\n\tc\r\n") == " a b\tc");
  CHECK(unfold("a\n b\r c") == "a\n b\r c");
  CHECK(unfold("").empty());
}
