// The gates of a lesson: read, with errors that help; and found in a run.
#include <fmt/format.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/world/scenario_text.hpp"
#include "world/gate_finder.hpp"
#include "world/scenario_load.hpp"
#include "world/world.hpp"

using namespace mailwalk;         // NOLINT
using namespace mailwalk::world;  // NOLINT

namespace {

Scenario scenario_in(const std::string& file) {
  ScenarioResult read = load_scenario(std::string(MAILWALK_SOURCE_DIR) + file);
  for (const Error& error : read.errors()) UNSCOPED_INFO(error.text());
  REQUIRE(read.ok());
  return std::move(*read);
}

std::string gate_text(const std::string& before, const std::string& answers,
                      const std::string& rest) {
  return fmt::format("[[gate]]\nbefore = {}\nquestion = \"?\"\nanswers = {}\n{}\n", before, answers,
                     rest);
}

}  // namespace

TEST_CASE("a gate is read with its moment, answers and reason", "[world][gate]") {
  const auto text = load_file(MAILWALK_SOURCE_DIR "/tests/world/data/everything.toml", 100'000);
  REQUIRE(text.ok());
  const ScenarioResult read = test::parse_text(std::string(text->view()));
  REQUIRE(read.ok());
  const Scenario& scenario = *read;
  REQUIRE(scenario.gates.size() == 3);
  const Gate& first = scenario.gates[0];
  const auto* calls = std::get_if<MachineCalls>(&first.before.what);
  REQUIRE(calls != nullptr);
  CHECK(calls->by == "laptop");
  CHECK(calls->called == "mx.b.example");
  CHECK(first.before.nth == 2);
  CHECK(first.question.indonesian == "Lalu apa?");
  REQUIRE(first.answers.size() == 2);
  CHECK(first.answers[0].indonesian == "This");
  CHECK(first.answers[1].indonesian == "Itu");
  CHECK(first.right == 1);
  CHECK(first.why.english == "Because.");
  CHECK(first.place.line > 100);
  const auto* sends = std::get_if<ClientSends>(&scenario.gates[1].before.what);
  REQUIRE(sends != nullptr);
  CHECK(sends->verbs == std::vector<journal::Verb>{pop3::Verb::Dele});
  const auto* answers = std::get_if<ServerAnswers>(&scenario.gates[2].before.what);
  REQUIRE(answers != nullptr);
  CHECK(answers->verbs == std::vector<journal::Verb>{smtp::Verb::Quit, pop3::Verb::Quit});
}

TEST_CASE("what is wrong with a gate is told with its place", "[world][gate]") {
  const std::string good = "{sends = \"DELE\", by = \"phone\"}";
  const std::string two = "[\"a\", \"b\"]";
  const std::string rest = "right = 1\nwhy = \"!\"";
  struct Mistake {
    std::string text;
    const char* place;
    const char* what;
    const char* remedy;
  };
  const std::vector<Mistake> mistakes{
      {"[[gate]]\nquestion = \"?\"\nanswers = [\"a\", \"b\"]\n" + rest, "1:1",
       "[[gate]] lacks its \"before\"", "add before"},
      {"[[gate]]\nbefore = " + good + "\nanswers = [\"a\", \"b\"]\n" + rest, "1:1",
       "lacks its \"question\"", "add question"},
      {gate_text("{by = \"phone\"}", two, rest), "2:10", "before what", "sends = \"a command\""},
      {gate_text("{sends = \"DELE\"}", two, rest), "2:10", "lacks its \"by\"", "add by"},
      {gate_text("{sends = \"DELETE\", by = \"phone\"}", two, rest), "2:19",
       "there is no command \"DELETE\"", "\"DELE\""},
      {gate_text("{sends = \"DELE\", by = \"fone\"}", two, rest), "2:32", "\"fone\"", "\"phone\""},
      {gate_text("{sends = \"DELE\", calls = \"mx.b.example\", by = \"phone\"}", two, rest), "2:11",
       "both \"calls\" and \"sends\"", "one moment"},
      {gate_text("{calls = \"mx\", by = \"phone\"}", two, rest), "2:19", "\"mx\"", ""},
      {gate_text("{sends = \"DELE\", by = \"phone\", nth = 0}", two, rest), "2:47", "cannot be 0",
       "1 to"},
      {gate_text(good, "[\"a\"]", rest), "4:1", "cannot have one answer", "2 to 9"},
      {gate_text(good, "\"a\"", rest), "4:11", "is a text", "a list of texts"},
      {gate_text(good, "[\"a\", \"\"]", rest), "4:17", "\"answers\" is empty", "write one"},
      {gate_text(good, two, "right = 1\nwhy = \"\""), "6:7", "\"why\" of [[gate]] is empty", "write"},
      {gate_text(good, two, "right = 3\nwhy = \"!\""), "5:9", "cannot be 3", "1 to 2"},
      {gate_text(good, two, "why = \"!\""), "1:1", "lacks its \"right\"", "add right"},
      {gate_text(good, two, "right = 1"), "1:1", "lacks its \"why\"", "add why"},
  };
  for (const Mistake& mistake : mistakes) {
    const ScenarioResult read = test::parse_text(test::kSmallScenario + mistake.text);
    INFO(mistake.text);
    for (const Error& error : read.errors()) UNSCOPED_INFO(error.text());
    REQUIRE(read.errors().size() == 1);
    const Error& error = read.errors().front();
    CHECK(fmt::format("{}:{}", error.line - test::kSmallScenarioLines, error.column) ==
          mistake.place);
    CHECK_THAT(error.what, ContainsSubstring(mistake.what));
    CHECK_THAT(error.remedy, ContainsSubstring(mistake.remedy));
  }
}

TEST_CASE("a gate comes right before the nth such event", "[world][gate]") {
  Scenario scenario = scenario_in("/lessons/delete-mode/lesson.toml");
  REQUIRE(scenario.gates.size() == 2);
  GateFinder finder(scenario.gates);
  World world(std::move(scenario));
  world.run();
  std::size_t before_third = 0;
  for (const journal::Event& event : world.journal()) {
    finder.add(event);
    const auto* sent = journal::payload_if<journal::CommandSent>(event);
    if (sent == nullptr || sent->verb != journal::Verb{pop3::Verb::Dele}) continue;
    CHECK(finder.moment(0).has_value() == (++before_third >= 3));
    if (before_third == 3) CHECK(finder.moment(0) == event.position);
  }
  CHECK(before_third == 6);
  REQUIRE(finder.moment(1).has_value());
  CHECK(journal::payload_if<journal::ConnectionOpening>(world.journal()[*finder.moment(1)]));
}

TEST_CASE("a gate that never comes is told with its place", "[world][gate]") {
  for (const char* before :
       {"{sends = \"DELE\", by = \"phone\", nth = 2}", "{sends = \"DELE\", by = \"laptop\"}",
        "{calls = \"mta.a.example\", by = \"phone\"}", "{answers = \".\", by = \"phone\"}"}) {
    INFO(before);
    const ScenarioResult read = test::parse_text(
        test::kSmallScenario + gate_text(before, "[\"a\", \"b\"]", "right = 1\nwhy = \"!\""));
    REQUIRE(read.ok());
    const std::vector<Error> idle = find_idle_gates(*read);
    REQUIRE(idle.size() == 1);
    CHECK(idle.front().file == "t.toml");
    CHECK(idle.front().line == test::kSmallScenarioLines + 1);
    CHECK(idle.front().column == 1);
  }
  const ScenarioResult read =
      test::parse_text(test::kSmallScenario +
                       gate_text("{calls = \"mx.b.example\", by = \"phone\"}", "[\"a\", \"b\"]",
                                 "right = 1\nwhy = \"!\"") +
                       "[[event]]\nat = \"1 s\"\npoll = {device = \"phone\"}\n");
  REQUIRE(read.ok());
  CHECK(find_idle_gates(*read).empty());
}

TEST_CASE("the gates of every lesson come, and speak both languages", "[world][gate]") {
  for (const char* id :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
    INFO(id);
    const Scenario scenario = scenario_in(fmt::format("/lessons/{}/lesson.toml", id));
    CHECK_FALSE(scenario.gates.empty());
    CHECK(find_idle_gates(scenario).empty());
    for (const Gate& gate : scenario.gates) {
      CHECK(gate.question.english != gate.question.indonesian);
      CHECK(gate.why.english != gate.why.indonesian);
      for (const LocalText& answer : gate.answers) CHECK(answer.english != answer.indonesian);
    }
  }
}
