#include "world/recipe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "world/problems.hpp"
#include "world/scenario_file.hpp"
#include "world/scenario_overrides.hpp"

namespace mailwalk::world {
namespace {

using journal::Event;
using journal::Journal;
using journal::payload_if;

// What was laid beside the scenario before anything happened.
struct Beside {
  std::vector<MailFile> mails;
  std::optional<journal::FetchMode> mode;
  std::optional<Bytes> mail;
  OfferTls tls = OfferTls::AsTheTextSays;
};

Beside laid_beside(const Journal& journal) {
  Beside beside;
  for (const Event& event : journal) {
    if (const auto* given = payload_if<journal::MailFileGiven>(event)) {
      beside.mails.push_back({std::string(given->name.view()), given->content});
    } else if (const auto* mode = payload_if<journal::ModeOverridden>(event)) {
      beside.mode = mode->mode;
    } else if (const auto* mail = payload_if<journal::MailOverridden>(event)) {
      beside.mail = mail->content;
    } else if (payload_if<journal::TlsOverridden>(event) != nullptr) {
      beside.tls = OfferTls::Everywhere;
    } else if (payload_if<journal::RunStarted>(event) == nullptr) {
      break;
    }
  }
  return beside;
}

Result<Bytes> find_mail(const Beside& beside, const std::string& name) {
  for (const MailFile& mail : beside.mails) {
    if (mail.name == name) return mail.content;
  }
  return make_error(fmt::format("the run was recorded without the mail {}", in_quotes(name)));
}

Result<Scenario> scenario_of(const journal::RunStarted& run, const Beside& beside) {
  if (run.scenario.empty()) {
    return make_error("this run was not made from a scenario file, so it cannot be made again");
  }
  ScenarioResult read =
      parse_scenario(run.scenario.view(), std::string(run.scenario_file.view()),
                     [&](const std::string& name) { return find_mail(beside, name); });
  if (!read) return read.errors().front();
  read->seed = run.seed;
  if (beside.mode) {
    if (*beside.mode == journal::FetchMode::KeepDays) {
      return make_error(
          "the run says that every account keeps letters for some days, not how many");
    }
    override_mode(*read, *beside.mode);
  }
  if (beside.mail) {
    const Done replaced = replace_mail(*read, *beside.mail);
    if (!replaced) return replaced.error();
  }
  if (beside.tls == OfferTls::Everywhere) offer_tls(*read);
  return std::move(*read);
}

std::optional<Input> input_in(const Event& event) {
  return std::visit(
      [](const auto& payload) -> std::optional<Input> {
        if constexpr (std::is_constructible_v<Input, decltype(payload)>) return Input(payload);
        return std::nullopt;
      },
      event.payload);
}

std::vector<RecordedInput> inputs_of(const Journal& journal) {
  std::vector<RecordedInput> inputs;
  for (const Event& event : journal) {
    auto input = input_in(event);
    if (!input) continue;
    const auto after_steps = std::visit([](const auto& what) { return what.after_steps; }, *input);
    inputs.push_back(
        {after_steps, event.position, {event.node, event.connection, std::move(*input)}});
  }
  // What was laid ready for a server or a client is recorded only when its turn comes.
  std::stable_sort(
      inputs.begin(), inputs.end(),
      [](const RecordedInput& a, const RecordedInput& b) { return a.after_steps < b.after_steps; });
  return inputs;
}

// While the stage is set; nullptr if the run was played in virtual time.
const journal::RunServed* served(const Journal& journal) {
  for (const Event& event : journal) {
    if (const auto* run = payload_if<journal::RunServed>(event)) return run;
    if (event.time > VirtualTime{}) break;
  }
  return nullptr;
}

Result<Scenario> scenario_in(const Journal& journal) {
  const auto* run =
      journal.empty() ? nullptr : payload_if<journal::RunStarted>(journal[EventPosition{0}]);
  if (run == nullptr) return make_error("this journal does not begin with the start of a run");
  return scenario_of(*run, laid_beside(journal));
}

}  // namespace

Result<Recipe> recipe_of(const Journal& journal) {
  if (served(journal) != nullptr) {
    return make_error("this run was served on real TCP, where nothing can be made to happen again",
                      "look at it, or play the lesson itself and change that");
  }
  Result<Scenario> scenario = scenario_in(journal);
  if (!scenario) return scenario.error();
  return Recipe{std::move(*scenario), inputs_of(journal)};
}

Result<Scenario> served_scenario_of(const Journal& journal) {
  const journal::RunServed* run = served(journal);
  if (run == nullptr) {
    return make_error("this run was not served, so there is nothing to go on with",
                      "`mailwalk serve LESSON --record FILE` makes a recording that can go on");
  }
  Result<Scenario> scenario = scenario_in(journal);
  if (scenario && run->cast == journal::Cast::Servers) leave_servers_only(*scenario);
  return scenario;
}

}  // namespace mailwalk::world
