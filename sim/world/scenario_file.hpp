// Scenario files: a lesson's TOML text becomes a Scenario, or the list of what is wrong with it.
//
// lessons/README.md describes the format. Nothing here touches the disk; scenario_load.hpp does.
#pragma once

#include <cassert>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "journal/vocabulary.hpp"
#include "world/scenario.hpp"

namespace mailwalk::world {

// A lesson is written by hand; nobody writes more than this.
inline constexpr std::size_t kMostScenarioBytes = 1'000'000;
// Of one .eml file, and of all mails of a scenario together.
inline constexpr std::size_t kMostMailBytes = 32'000'000;
inline constexpr std::size_t kMostMailBytesTogether = 64'000'000;
// What a stage can show, and more than a class can follow.
inline constexpr std::size_t kMostMachines = 64;
inline constexpr std::size_t kMostHappenings = 10'000;

// In the order of the file, at least one; those after the twentieth are not told.
struct ScenarioProblems {
  std::vector<Error> errors;
};

class ScenarioResult {
 public:
  ScenarioResult(Scenario scenario) : content_(std::move(scenario)) {}          // NOLINT
  ScenarioResult(ScenarioProblems problems) : content_(std::move(problems)) {}  // NOLINT

  [[nodiscard]] bool ok() const { return std::holds_alternative<Scenario>(content_); }
  explicit operator bool() const { return ok(); }

  // REQUIRES ok().
  Scenario& operator*() {
    assert(ok());
    return *std::get_if<Scenario>(&content_);
  }
  const Scenario& operator*() const {
    assert(ok());
    return *std::get_if<Scenario>(&content_);
  }
  Scenario* operator->() { return &**this; }
  const Scenario* operator->() const { return &**this; }

  // Empty if ok().
  [[nodiscard]] const std::vector<Error>& errors() const {
    static const std::vector<Error> kNone;
    const auto* problems = std::get_if<ScenarioProblems>(&content_);
    return problems == nullptr ? kNone : problems->errors;
  }

 private:
  std::variant<Scenario, ScenarioProblems> content_;
};

// The octets of the file that `eml = "NAME"` names, or why there are none. The name is relative to
// the lesson and does not lead out of its folder.
using MailFileReader = std::function<Result<Bytes>(const std::string& name)>;

// file_name is for messages, and becomes Scenario::file.
ScenarioResult parse_scenario(std::string_view text, const std::string& file_name,
                              const MailFileReader& read_mail);

}  // namespace mailwalk::world
