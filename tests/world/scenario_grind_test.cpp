// Whatever bytes a scenario file has, reading it ends in a scenario or in errors with places.
#include <cstddef>
#include <string>

#include "base/prng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"
#include "tests/world/scenario_text.hpp"
#include "world/scenario_load.hpp"

using namespace mailwalk;
using namespace mailwalk::world;

namespace {

std::string everything_text() {
  const auto text = load_file(MAILWALK_SOURCE_DIR "/tests/world/data/everything.toml", 100'000);
  REQUIRE(text.ok());
  return std::string(text->view());
}

void check_ends_well(const std::string& text) {
  const ScenarioResult result = test::parse_text(text);
  if (result.ok()) return;
  REQUIRE_FALSE(result.errors().empty());
  for (const Error& error : result.errors()) {
    REQUIRE_FALSE(error.what.empty());
    REQUIRE(error.line > 0);
    REQUIRE(error.column > 0);
  }
}

// One of the slips that an editor or a disk makes.
std::string damaged(std::string text, Prng& prng) {
  const auto at = static_cast<std::size_t>(prng.below(text.size()));
  const auto size = static_cast<std::size_t>(prng.below(40));
  switch (prng.below(4)) {
    case 0: text[at] = static_cast<char>(prng.below(256)); break;
    case 1: text.erase(at, size); break;
    case 2:
      text.insert(at, text.substr(static_cast<std::size_t>(prng.below(text.size())), size));
      break;
    default: text.insert(at, test::random_bytes(prng, size)); break;
  }
  return text;
}

}  // namespace

TEST_CASE("A scenario file may end anywhere", "[world][scenario]") {
  const std::string text = everything_text();
  for (std::size_t size = 0; size <= text.size(); ++size) {
    INFO("the first " << size << " octets");
    check_ends_well(text.substr(0, size));
  }
}

TEST_CASE("A scenario file may be damaged anywhere", "[world][scenario]") {
  const std::string text = everything_text();
  Prng prng(5);
  for (int round = 0; round < 3'000; ++round) {
    INFO("round " << round);
    std::string worse = damaged(text, prng);
    if (prng.chance(500)) worse = damaged(std::move(worse), prng);
    check_ends_well(worse);
  }
}

TEST_CASE("A scenario file may be any bytes", "[world][scenario]") {
  Prng prng(6);
  for (int round = 0; round < 2'000; ++round) {
    INFO("round " << round);
    check_ends_well(test::random_bytes(prng, static_cast<std::size_t>(prng.below(300))));
  }
}
