#include "world/scenario_file.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <limits>
#include <utility>

#include "world/scenario_reading.hpp"
#include "world/toml_tree.hpp"

namespace mailwalk::world {
namespace {

// Monday morning in Western Indonesia, for a lesson that does not care: 2026-01-05 09:00:00 +0700.
constexpr Calendar kUsualStart{1'767'578'400, 420};

constexpr std::uint64_t kMostOrder = 1'000'000;
constexpr int kMostOffsetMinutes = 14 * 60;  // Kiribati's

// ---- [lesson] --------------------------------------------------------------------------------

// It is typed on the command line and becomes the name of a folder.
bool is_lesson_id(std::string_view id) {
  return is_name(id) && id.find('.') == std::string_view::npos;
}

void read_lesson(const TableReader& file, Reading& reading) {
  Scenario& scenario = reading.scenario;
  const auto table = file.table("lesson", words::kLesson);
  if (!table) {
    if (!file.has("lesson")) {
      file.problem(file.place(), "there is no [lesson]", "add [lesson] with an id = \"…\"");
    }
    return;
  }
  if (const auto id = table->text("id", Need::Required)) {
    if (!is_lesson_id(id->value)) {
      table->problem(id->place, fmt::format("{} cannot be a lesson's id", in_quotes(id->value)),
                     "use a to z, 0 to 9 and hyphens, as in \"keep-mode\"");
    }
    scenario.id = id->value;
  }
  scenario.order = static_cast<std::uint32_t>(table->number("order", 1, kMostOrder).value_or(0));
  scenario.title = table->local_text("title").value_or(LocalText{scenario.id, scenario.id});
  scenario.summary = table->local_text("summary", TextKind::Lines).value_or(LocalText{});
}

// ---- [run] -----------------------------------------------------------------------------------

std::optional<Calendar> calendar_of(const TomlMoment& moment) {
  if (!moment.date || !moment.time || !moment.utc_offset_minutes) return std::nullopt;
  const auto& [year, month, day] = *moment.date;
  const auto& [hour, minute, second, nanosecond] = *moment.time;
  const int offset = *moment.utc_offset_minutes;
  if (nanosecond != 0 || second > 59 || std::abs(offset) > kMostOffsetMinutes) return std::nullopt;
  if (year < 1970 || year > 2999) return std::nullopt;
  const std::int64_t minutes_of_day = std::int64_t{hour} * 60 + minute - offset;
  return Calendar{days_from_civil(year, month, day) * 86'400 + minutes_of_day * 60 + second,
                  offset};
}

void read_run(const TableReader& file, Reading& reading) {
  Scenario& scenario = reading.scenario;
  scenario.calendar = kUsualStart;
  const auto table = file.table("run", words::kRun);
  if (!table) return;
  constexpr auto kMostSeed = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  scenario.seed = table->number("seed", 0, kMostSeed).value_or(scenario.seed);
  scenario.until = table->duration("until").value_or(scenario.until);
  const auto start = table->moment("start");
  if (!start) return;
  if (const auto calendar = calendar_of(start->value)) {
    scenario.calendar = *calendar;
  } else {
    table->problem(start->place, "the run cannot start at that moment",
                   "expected date, time in whole seconds and zone, from 1970 to 2999, as in "
                   "2026-01-05T09:00:00+07:00");
  }
}

ScenarioProblems single_problem(Error error, const std::string& file_name) {
  error.file = file_name;
  return {{std::move(error)}};
}

}  // namespace

ScenarioResult parse_scenario(std::string_view text, const std::string& file_name,
                              const MailFileReader& read_mail) {
  if (text.size() > kMostScenarioBytes) {
    return single_problem(make_error(fmt::format("the file has {} octets", text.size()),
                                     fmt::format("a lesson has at most {}", kMostScenarioBytes)),
                          file_name);
  }
  const Result<TomlTable> document = parse_toml(text);
  if (!document) return single_problem(document.error(), file_name);

  Reading reading(file_name, read_mail);
  const TableReader file(*document, Place{1, 1}, words::kFile, reading.problems);
  read_lesson(file, reading);
  read_run(file, reading);
  read_hosts(file, reading);
  read_accounts(file, reading);
  read_devices(file, reading);
  check_neighbours(reading);
  read_network(file, reading);
  read_domains(file, reading);
  read_events(file, reading);
  read_gates(file, reading);
  if (!reading.problems.none()) return ScenarioProblems{reading.problems.take()};

  fill_defaults(reading);
  reading.scenario.file = file_name;
  reading.scenario.source = Bytes(text);
  return std::move(reading.scenario);
}

}  // namespace mailwalk::world
