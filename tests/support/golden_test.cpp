#include "tests/support/golden.hpp"

#include <filesystem>
#include <string>

#include "tests/support/catch.hpp"

using mailwalk::test::first_difference;
using mailwalk::test::golden_difference;
using mailwalk::test::GoldenMode;

TEST_CASE("equal texts have no difference", "[golden]") {
  CHECK(first_difference("", "").empty());
  CHECK(first_difference("a\r\nb\r\n", "a\r\nb\r\n").empty());
}

TEST_CASE("the first line that differs is shown with the lines before it", "[golden]") {
  CHECK(first_difference("1\n2\n3\n4\n5\n", "1\n2\n3\nfour\n5\n") ==
        "line 4 differs\n    2\n    3\n  - 4\n  + four\n");
}

TEST_CASE("differences that cannot be seen are made visible", "[golden]") {
  CHECK(first_difference("+OK\r\n", "+OK\n") == "line 1 differs\n  - +OK\\r\n  + +OK\n");
  CHECK(first_difference("a\t\x01\n", "a\n") == "line 1 differs\n  - a\\t\\x01\n  + a\n");
  CHECK(first_difference("a\n", "a") == "line 1 differs\n  - a\n  + a(no line end)\n");
}

TEST_CASE("a text that stops early or goes on is a difference", "[golden]") {
  CHECK(first_difference("a\nb\n", "a\n") ==
        "line 2 differs\n    a\n  - b\n  + (end of the text)\n");
  CHECK(first_difference("", "a\n") == "line 1 differs\n  - (end of the text)\n  + a\n");
}

TEST_CASE("a golden file is compared byte for byte", "[golden]") {
  const std::string file = "support/golden/greeting.txt";
  CHECK(golden_difference(file, "220 mx.b.test\r\n", GoldenMode::Compare) == "");
  const std::string difference = golden_difference(file, "220 mx.b.test\n", GoldenMode::Compare);
  CHECK_THAT(difference, ContainsSubstring("tests/support/golden/greeting.txt: line 1 differs"));
  CHECK_THAT(difference, ContainsSubstring("MAILWALK_UPDATE_GOLDEN=1"));
}

TEST_CASE("a golden file that is not there is a difference, until it is written", "[golden]") {
  const auto folder = std::filesystem::temp_directory_path() / "mailwalk_golden_test";
  std::filesystem::remove_all(folder);
  const std::string file = (folder / "new.txt").string();
  CHECK_THAT(golden_difference(file, "+OK\r\n", GoldenMode::Compare),
             ContainsSubstring("does not exist"));
  CHECK(golden_difference(file, "+OK\r\n", GoldenMode::Update) == "");
  CHECK(golden_difference(file, "+OK\r\n", GoldenMode::Compare) == "");
  std::filesystem::remove_all(folder);
}
