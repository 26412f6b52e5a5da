#include "world/scenario_overrides.hpp"

#include <variant>

#include "tests/support/catch.hpp"
#include "tests/world/scenario_text.hpp"

using namespace mailwalk;
using namespace mailwalk::world;

namespace {

const std::string kEvents = R"([[event]]
at = "0 s"
compose = {device = "laptop", to = "budi@b.example", subject = "one"}
[[event]]
at = "1 s"
mode = {device = "phone", to = "keep 3 days"}
[[event]]
at = "2 s"
compose = {device = "laptop", to = "budi@b.example", subject = "two"}
)";

Scenario with_events() {
  const ScenarioResult result = test::parse_text(test::kSmallScenario + kEvents);
  REQUIRE(result.ok());
  return *result;
}

}  // namespace

TEST_CASE("A mode that a person asks for holds on every device for the whole run",
          "[world][scenario]") {
  Scenario scenario = with_events();
  override_mode(scenario, journal::FetchMode::Delete);
  CHECK(scenario.devices[1].accounts[0].mode == journal::FetchMode::Delete);
  REQUIRE(scenario.happenings.size() == 2);
  CHECK(std::holds_alternative<ComposeMail>(scenario.happenings[1].action));
}

TEST_CASE("A person's mail takes the place of the first that is composed", "[world][scenario]") {
  Scenario scenario = with_events();
  REQUIRE(replace_mail(scenario, Bytes("Subject: mine\r\n\r\n")).ok());
  CHECK(std::get<ComposeMail>(scenario.happenings[0].action).raw == Bytes("Subject: mine\r\n\r\n"));
  CHECK_FALSE(std::get<ComposeMail>(scenario.happenings[2].action).raw);
}

TEST_CASE("Where nobody writes, no mail can be replaced", "[world][scenario]") {
  const ScenarioResult result = test::parse_text(test::kSmallScenario);
  REQUIRE(result.ok());
  Scenario scenario = *result;
  const Done replaced = replace_mail(scenario, Bytes("Subject: mine\r\n\r\n"));
  REQUIRE_FALSE(replaced.ok());
  CHECK_THAT(replaced.error().text(), ContainsSubstring("nobody writes a mail"));
}
