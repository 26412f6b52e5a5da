// The scenario of a lesson that Mailwalk ships.
#pragma once

#include <string>
#include <utility>

#include "tests/support/catch.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::test {

// `name` is its folder in lessons/.
inline world::Scenario shipped_lesson(const std::string& name) {
  auto scenario = world::load_scenario(MAILWALK_SOURCE_DIR "/lessons/" + name + "/lesson.toml");
  for (const Error& error : scenario.errors()) UNSCOPED_INFO(error.text());
  REQUIRE(scenario.ok());
  return std::move(*scenario);
}

}  // namespace mailwalk::test
