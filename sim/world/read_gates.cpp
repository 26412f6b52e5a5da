// The gates of a scenario: what is asked, before which moment, and what is right.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "world/scenario_reading.hpp"
#include "world/verb_words.hpp"

namespace mailwalk::world {
namespace {

constexpr std::uint64_t kMostMoments = 1'000'000;

// "DELE", in whichever protocol has it.
std::vector<journal::Verb> read_gate_verbs(const TableReader& table, std::string_view key) {
  const auto word = table.text(key, Need::Required);
  if (!word) return {};
  std::vector<journal::Verb> verbs = find_verbs(word->value);
  if (verbs.empty()) {
    Words known = verb_names(journal::Protocol::Smtp);
    for (const std::string_view name : verb_names(journal::Protocol::Pop3)) known.push_back(name);
    table.problem(word->place, fmt::format("there is no command {}", in_quotes(word->value)),
                  suggest(word->value, known));
  }
  return verbs;
}

// The one of the three keys that is there.
std::optional<std::string_view> moment_key(const TableReader& table) {
  constexpr std::array<std::string_view, 3> kKeys{"calls", "sends", "answers"};
  std::optional<std::string_view> found;
  for (const std::string_view key : kKeys) {
    if (!table.has(key)) continue;
    if (found) {
      table.problem(table.place_of(key), fmt::format("both \"{}\" and \"{}\"", *found, key),
                    "a gate asks before one moment");
      return std::nullopt;
    }
    found = key;
  }
  if (!found) {
    table.problem(table.place(), "before what?",
                  "add calls = \"a host\", sends = \"a command\" or answers = \"a command\"");
  }
  return found;
}

std::optional<GateMoment> read_moment(const TableReader& gate, Reading& reading) {
  const auto table = gate.table("before", words::kBefore, Need::Required);
  if (!table) return std::nullopt;
  const auto key = moment_key(*table);
  const auto by = table->text("by", Need::Required);
  const bool by_is_known = by && check_machine(*by, "by", reading);
  GateMoment moment;
  moment.nth = static_cast<std::uint32_t>(table->number("nth", 1, kMostMoments).value_or(1));
  if (!key) return std::nullopt;
  if (*key == "calls") {
    const auto called = table->text("calls", Need::Required);
    if (!called || !check_machine(*called, "calls", reading) || !by_is_known) return std::nullopt;
    moment.what = MachineCalls{by->value, called->value};
    return moment;
  }
  std::vector<journal::Verb> verbs = read_gate_verbs(*table, *key);
  if (verbs.empty() || !by_is_known) return std::nullopt;
  if (*key == "sends") {
    moment.what = ClientSends{by->value, std::move(verbs)};
  } else {
    moment.what = ServerAnswers{by->value, std::move(verbs)};
  }
  return moment;
}

// False: there is a problem with them, which was told.
bool read_gate_answers(const TableReader& table, Gate& gate) {
  auto answers = table.local_texts("answers", Need::Required);
  if (!answers) return false;
  if (answers->size() < kFewestAnswers || answers->size() > kMostAnswers) {
    table.problem(table.place_of("answers"),
                  fmt::format("a gate cannot have {}",
                              answers->size() == 1 ? "one answer"
                                                   : fmt::format("{} answers", answers->size())),
                  fmt::format("give {} to {}: each has a digit on the keyboard", kFewestAnswers,
                              kMostAnswers));
    return false;
  }
  gate.answers = std::move(*answers);
  const auto right = table.number("right", 1, gate.answers.size(), Need::Required);
  if (right) gate.right = static_cast<std::size_t>(*right - 1);
  return right.has_value();
}

}  // namespace

void read_gates(const TableReader& file, Reading& reading) {
  std::vector<Gate>& gates = reading.scenario.gates;
  for (const TableReader& table : file.tables("gate", words::kGate)) {
    if (gates.size() == kMostGates) {
      table.problem(table.place(), fmt::format("more than {} gates", kMostGates), "take some away");
      break;
    }
    Gate gate;
    gate.place = table.place();
    auto before = read_moment(table, reading);
    auto question = table.local_text("question", TextKind::Lines, Need::Required);
    const bool answered = read_gate_answers(table, gate);
    auto why = table.local_text("why", TextKind::Lines, Need::Required);
    if (!before || !question || !answered || !why) continue;
    gate.before = std::move(*before);
    gate.question = std::move(*question);
    gate.why = std::move(*why);
    gates.push_back(std::move(gate));
  }
}

}  // namespace mailwalk::world
