#include "world/quantities.hpp"

#include <string>

#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::world;

TEST_CASE("Durations are read as people write them", "[world][quantities]") {
  struct Case {
    const char* text;
    Duration duration;
  };
  const Case cases[] = {
      {"0 s", {}},
      {"20 ms", milliseconds(20)},
      {"20ms", milliseconds(20)},
      {" 7 us ", microseconds(7)},
      {"14 min", minutes(14)},
      {"1 h 30 min", minutes(90)},
      {"2 d 1 s", days(2) + seconds(1)},
      {"1.5 s", milliseconds(1'500)},
      {"0.25 h", minutes(15)},
      {"1.50000000000 s", milliseconds(1'500)},
      {"3650 d", days(3'650)},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const auto duration = parse_duration(c.text);
    REQUIRE(duration.ok());
    CHECK(*duration == c.duration);
  }
}

TEST_CASE("What duration_text() says is read back", "[world][quantities]") {
  for (const Duration duration :
       {milliseconds(40), milliseconds(1'250), minutes(14), seconds(90), minutes(150), days(4)}) {
    const auto read = parse_duration(duration_text(duration));
    REQUIRE(read.ok());
    CHECK(*read == duration);
  }
}

TEST_CASE("Sizes are counted in thousands, or in 1024s with an i", "[world][quantities]") {
  struct Case {
    const char* text;
    std::uint64_t bytes;
  };
  const Case cases[] = {{"0 B", 0},
                        {"950 B", 950},
                        {"10 KB", 10'000},
                        {"10 kB", 10'000},
                        {"1.5 MB", 1'500'000},
                        {"2 GB", 2'000'000'000},
                        {"1 TB", kLargestSizeBytes},
                        {"1 KiB", 1'024},
                        {"1.5 KiB", 1'536},
                        {"3 MiB", 3'145'728},
                        {"1GiB", 1'073'741'824}};
  for (const Case& c : cases) {
    INFO(c.text);
    const auto size = parse_size(c.text);
    REQUIRE(size.ok());
    CHECK(*size == c.bytes);
  }
}

TEST_CASE("Rates are sizes per second", "[world][quantities]") {
  CHECK(*parse_rate("1.25 MB/s") == 1'250'000);
  CHECK(*parse_rate("1 B/s") == 1);
}

TEST_CASE("What is no quantity is refused with what would be one", "[world][quantities]") {
  struct Case {
    const char* text;
    const char* what;
    const char* remedy;
  };
  const Case durations[] = {
      {"", "is not a duration", "20 ms"},
      {"soon", "is not a duration", "20 ms"},
      {"5", "lacks its unit", "14 min"},
      {"5 m", "\"m\" is not a unit", "the units are us, ms, s, min, h, d"},
      {"5 sec", "\"sec\" is not a unit", "the units are"},
      {"5 mins", "\"mins\" is not a unit", "the units are"},
      {"5 fortnights", "\"fortnights\" is not a unit", "the units are"},
      {"30 min 1 h", "is not a duration", "1 h 30 min"},
      {"1 h and 30 min", "is not a duration", "1 h 30 min"},
      {"1. s", "is not a duration", "20 ms"},
      {".5 s", "is not a duration", "20 ms"},
      {"-5 s", "is negative", "the least is \"0 s\""},
      {"0.5 us", "finer than 1 us", "fewer decimals"},
      {"0.1234567 s", "finer than 1 us", "fewer decimals"},
      {"3651 d", "too large", "3650 d"},
      {"3650 d 1 us", "too large", "3650 d"},
      {"99999999999999999999999 d", "too large", "3650 d"},
      {"18446744073709551615 us", "too large", "3650 d"},
  };
  for (const Case& c : durations) {
    INFO(c.text);
    const auto duration = parse_duration(c.text);
    REQUIRE_FALSE(duration.ok());
    CHECK_THAT(duration.error().what, ContainsSubstring(c.what));
    CHECK_THAT(duration.error().remedy, ContainsSubstring(c.remedy));
  }
  const Case sizes[] = {
      {"10", "lacks its unit", "10 KB"},
      {"10 kb", "\"kb\" is not a unit", "the units are B, KB, kB, MB"},
      {"10 KB 5 B", "is not a size", "1.5 MB"},
      {"0.5 B", "finer than 1 B", "fewer decimals"},
      {"1.5 TB", "too large", "1 TB"},
      {"99999999999999999999 KB", "too large", "1 TB"},
  };
  for (const Case& c : sizes) {
    INFO(c.text);
    const auto size = parse_size(c.text);
    REQUIRE_FALSE(size.ok());
    CHECK_THAT(size.error().what, ContainsSubstring(c.what));
    CHECK_THAT(size.error().remedy, ContainsSubstring(c.remedy));
  }
  for (const char* text : {"1 MB", "0 B/s", "MB/s", "1 MB/min", "/s"}) {
    INFO(text);
    CHECK_FALSE(parse_rate(text).ok());
  }
}
