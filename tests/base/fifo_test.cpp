#include "base/fifo.hpp"

#include <deque>
#include <memory>
#include <string>

#include "base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;

TEST_CASE("A fifo holds what std::deque would hold, whatever comes and goes", "[base][fifo]") {
  Prng prng(1);
  Fifo<std::string> fifo;
  std::deque<std::string> expected;
  for (int i = 0; i < 2'000; ++i) {
    const std::uint64_t what = prng.below(i % 500 < 250 ? 10 : 5);
    if (what >= 4 || expected.empty()) {
      fifo.push_back(std::to_string(i));
      expected.push_back(std::to_string(i));
    } else if (what == 3) {
      fifo.pop_back();
      expected.pop_back();
    } else {
      fifo.pop_front();
      expected.pop_front();
    }
    REQUIRE(fifo.size() == expected.size());
    REQUIRE(fifo.empty() == expected.empty());
    REQUIRE(std::deque<std::string>(fifo.begin(), fifo.end()) == expected);
    if (expected.empty()) continue;
    REQUIRE(fifo.front() == expected.front());
    REQUIRE(fifo.back() == expected.back());
    REQUIRE(fifo[expected.size() / 2] == expected[expected.size() / 2]);
  }
  fifo.clear();
  CHECK(fifo.empty());
  fifo.push_back("after");
  CHECK(fifo.front() == "after");
}

TEST_CASE("A fifo that is never empty does not keep what has gone", "[base][fifo]") {
  Fifo<std::shared_ptr<int>> fifo;
  const auto item = std::make_shared<int>(0);
  for (int i = 0; i < 1'000; ++i) {
    fifo.push_back(item);
    if (i >= 10) fifo.pop_front();
    REQUIRE(item.use_count() <= 1 + 11 + 16);
  }
}
