// The shared map against std::map, with copies taken at every turn.
#include "journal/persistent_map.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using journal::PersistentMap;

namespace {

using Map = PersistentMap<std::uint32_t, std::string>;
using Model = std::map<std::uint32_t, std::string>;

bool same(const Map& map, const Model& model) {
  if (map.size() != model.size() || map.empty() != model.empty()) return false;
  auto expected = model.begin();
  for (const auto& [key, value] : map) {
    if (expected == model.end() || key != expected->first || value != expected->second)
      return false;
    ++expected;
  }
  return expected == model.end();
}

// Every question about one key.
bool same_about(const Map& map, const Model& model, std::uint32_t key) {
  const auto expected = model.find(key);
  const std::string* found = map.find(key);
  if ((found != nullptr) != (expected != model.end())) return false;
  if (found != nullptr && *found != expected->second) return false;
  const auto not_less = model.lower_bound(key);
  const auto at = map.lower_bound(key);
  if ((at == map.end()) != (not_less == model.end())) return false;
  if (not_less != model.end() && at->key != not_less->first) return false;
  return map.rank(key) == static_cast<std::size_t>(std::distance(model.begin(), not_less));
}

struct Kept {
  Map map;
  Model model;
};

// How keys are drawn: small ranges for much coming and going, rising ones as journals have them.
enum class Draw { Narrow, Wide, Rising };

std::uint32_t draw_key(Draw draw, Prng& prng, std::uint32_t turn) {
  switch (draw) {
    case Draw::Narrow: return static_cast<std::uint32_t>(prng.below(60));
    case Draw::Wide: return static_cast<std::uint32_t>(prng.next());
    case Draw::Rising:
      return prng.chance(800) ? turn : static_cast<std::uint32_t>(prng.below(turn + 1));
  }
  return 0;
}

}  // namespace

TEST_CASE("The shared map does what a map does, and no copy of it ever changes with another",
          "[journal][persistent_map]") {
  for (const Draw draw : {Draw::Narrow, Draw::Wide, Draw::Rising}) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      INFO("draw " << static_cast<int>(draw) << " seed " << seed);
      Prng prng(seed);
      Kept now;
      std::vector<Kept> copies;
      for (std::uint32_t turn = 0; turn < 3000; ++turn) {
        // It grows, then it shrinks, then it grows again.
        const std::uint64_t erasing = turn / 1000 == 1 ? 700 : 250;
        const std::uint32_t key = prng.chance(200) && !now.model.empty()
                                      ? now.map.at_rank(prng.below(now.map.size()))->key
                                      : draw_key(draw, prng, turn);
        if (prng.chance(static_cast<std::uint32_t>(erasing))) {
          REQUIRE(now.map.erase(key) == (now.model.erase(key) == 1));
        } else if (std::string* value = prng.chance(300) ? now.map.edit(key) : nullptr) {
          *value += "!";
          now.model.at(key) += "!";
        } else {
          now.map.set(key, std::to_string(turn));
          now.model[key] = std::to_string(turn);
        }
        REQUIRE(same_about(now.map, now.model, key));
        REQUIRE(same_about(now.map, now.model, key + 1));
        if (prng.chance(20)) copies.push_back(now);
        if (prng.chance(5) && !copies.empty()) now = copies[prng.below(copies.size())];
      }
      REQUIRE(same(now.map, now.model));
      for (const Kept& copy : copies) REQUIRE(same(copy.map, copy.model));
    }
  }
}

TEST_CASE("The shared map finds an entry by how many stand before it",
          "[journal][persistent_map]") {
  Map map;
  for (std::uint32_t i = 0; i < 5000; ++i) map.set(i * 3, std::to_string(i));
  for (std::uint32_t i = 0; i < 5000; ++i) {
    REQUIRE(map.at_rank(i)->key == i * 3);
    REQUIRE(map.rank(i * 3) == i);
    REQUIRE(map.rank(i * 3 + 1) == i + 1);
  }
  CHECK(map.at_rank(5000) == map.end());
  CHECK(map.at_rank(9999) == map.end());
  CHECK(map.back().key == 4999 * 3);
}

TEST_CASE("An empty shared map has nothing to find, and is so again after the last was erased",
          "[journal][persistent_map]") {
  Map map;
  CHECK(map.empty());
  CHECK(map.begin() == map.end());
  CHECK(map.find(1) == nullptr);
  CHECK(map.edit(1) == nullptr);
  CHECK(map.rank(1) == 0);
  CHECK_FALSE(map.erase(1));
  for (std::uint32_t i = 0; i < 1000; ++i) map.set(i, "");
  for (std::uint32_t i = 0; i < 1000; ++i) REQUIRE(map.erase(i));
  CHECK(map.empty());
  CHECK(map.begin() == map.end());
  map.set(7, "back");
  CHECK(*map.find(7) == "back");
}
