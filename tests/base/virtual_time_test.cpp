#include "base/virtual_time.hpp"

#include "base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;

TEST_CASE("Virtual time reads as a mail date in the scenario's zone", "[base][time]") {
  const Calendar jakarta{1'767'578'400, 420};  // 2026-01-05 02:00:00 UTC
  CHECK(rfc5322_date(jakarta, VirtualTime{0}) == "Mon, 05 Jan 2026 09:00:00 +0700");
  CHECK(rfc5322_date(jakarta, VirtualTime{} + days(54) + hours(15)) ==
        "Sun, 01 Mar 2026 00:00:00 +0700");
  CHECK(rfc5322_date(Calendar{951'782'399, 0}, VirtualTime{} + seconds(1)) ==
        "Tue, 29 Feb 2000 00:00:00 +0000");
  CHECK(rfc5322_date(Calendar{-1, -90}, VirtualTime{0}) == "Wed, 31 Dec 1969 22:29:59 -0130");
}

TEST_CASE("Days to dates and back agree over eight centuries", "[base][time]") {
  for (std::int64_t day = -146'097; day < 146'097; day += 13) {
    const CivilTime t = civil_time(Calendar{day * 86'400, 0}, VirtualTime{0});
    REQUIRE(days_from_civil(t.year, t.month, t.day) == day);
  }
}

TEST_CASE("Durations are told in the units that matter", "[base][time]") {
  CHECK(duration_text(milliseconds(40)) == "40 ms");
  CHECK(duration_text(milliseconds(1'250)) == "1.250 s");
  CHECK(duration_text(minutes(14)) == "14 min");
  CHECK(duration_text(seconds(90)) == "1 min 30 s");
  CHECK(duration_text(minutes(150)) == "2 h 30 min");
  CHECK(duration_text(days(4)) == "4 d");
}

TEST_CASE("The generator draws the published sequence, so that runs agree everywhere",
          "[base][prng]") {
  // First outputs of xoshiro256** with its state filled by splitmix64 from seed 0.
  Prng prng(0);
  CHECK(prng.next() == 0x99ec5f36cb75f2b4);
  CHECK(prng.next() == 0xbf6e1f784956452a);
  CHECK(prng.next() == 0x1a5f849d4933e6e0);
}

TEST_CASE("Draws stay inside their bounds and reach both ends", "[base][prng]") {
  Prng prng(7);
  bool low = false, high = false;
  for (int i = 0; i < 1'000; ++i) {
    const std::int64_t drawn = prng.between(-3, 3);
    REQUIRE(drawn >= -3);
    REQUIRE(drawn <= 3);
    low |= drawn == -3;
    high |= drawn == 3;
  }
  CHECK(low);
  CHECK(high);
  CHECK(prng.between(5, 5) == 5);
}
