#include <fmt/format.h>

#include <string>

#include "export/caption.hpp"
#include "export/letter_of.hpp"
#include "export/meanings_events.hpp"
#include "gui/inspector/facts.hpp"
#include "gui/inspector/inspect.hpp"
#include "gui/inspector/inspect_line.hpp"
#include "gui/inspector/inspect_on_line.hpp"
#include "gui/inspector/state_map.hpp"
#include "gui/sight_words.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

constexpr std::size_t kMostEffects = 4;

// Which letter, which connection, which machine.
Facts concerns(const Event& event, const Circumstances& circumstances) {
  const Language& language = circumstances.language;
  Facts facts;
  const Telling& telling = circumstances.telling();
  const bool is_covered =
      telling.hides(event.position) || records_sent_in(telling, event.position) != kNoRow;
  const exporting::Happened happened{event, circumstances.before, circumstances.after};
  LetterId letter = exporting::letter_of(happened);
  if (letter == kNoLetter) {
    const Connection* connection = circumstances.after.connection(event.connection);
    if (connection != nullptr) letter = connection->letter;
  }
  if (circumstances.after.letter(letter) != nullptr && !is_covered) {
    facts.facts.push_back(
        letter_fact(language.text("inspect.letter"), letter, circumstances.after));
  }
  if (event.node != kNoNode) {
    facts.facts.push_back(machine_fact(language.text("inspect.at"), event.node, circumstances));
  }
  if (event.connection != kNoConnection) {
    facts.facts.push_back(fact(language.text("inspect.connection"),
                               fmt::format("#{}", event.connection.value()),
                               Selection{event.connection}));
  }
  facts.facts.push_back(fact(language.text("inspect.event"),
                             fmt::format("{} · {}", event.position.value() + 1,
                                         clock_text(circumstances.after.calendar, event.time))));
  return facts;
}

// "Why did this happen?", and what came of it.
Facts reasons(const Event& event, const Circumstances& circumstances) {
  const Language& language = circumstances.language;
  const Journal& journal = circumstances.document.journal();
  const ToldEvents& told = circumstances.telling().told();
  const auto sentence = [&](EventPosition position) {
    Timeline& timeline = circumstances.document.timeline();
    const EventPosition earlier =
        position.value() == 0 ? kNoEvent : EventPosition{position.value() - 1};
    const WorldView before = timeline.view_at(earlier);
    const WorldView after = timeline.view_at(position);
    return shown(
        sentence_about({journal[position], before, after}, circumstances.telling(), language));
  };
  Facts facts;
  const auto cause = told_cause(circumstances.index().causes(), told, event.position);
  facts.facts.push_back(
      cause ? fact(language.text("inspect.why"), sentence(*cause), Jump{*cause})
            : fact(language.text("inspect.why"), std::string(language.text("inspect.no_cause"))));
  std::string_view label = language.text("inspect.led_to");
  for (const EventPosition effect :
       told_effects(circumstances.index().causes(), told, event.position, kMostEffects)) {
    if (effect > circumstances.known_until) break;
    facts.facts.push_back(fact(label, sentence(effect), Jump{effect}));
    label = "";
  }
  return facts;
}

}  // namespace

Inspection inspect_event(const Event& event, const Circumstances& circumstances) {
  Inspection inspection;
  if (!inspect_on_line(event, circumstances, inspection) &&
      !inspect_line(event, circumstances, inspection)) {
    const exporting::Meaning meaning = exporting::meaning_of(event.payload);
    const exporting::Language language = circumstances.language.which();
    inspection.heading =
        safe(exporting::caption({event, circumstances.before, circumstances.after}, language));
    inspection.source = meaning.source;
    inspection.blocks.emplace_back(Paragraph{std::string(meaning.in(language)), Tint::None});
    if (const auto* changed = payload_if<SessionStateChanged>(event)) {
      inspection.blocks.emplace_back(state_map(
          changed->to, std::nullopt,
          offered_until(circumstances.document, event.position, event.connection), language));
    }
    const bool is_raw = payload_if<BytesSent>(event) != nullptr;
    if (is_raw) {
      const Bytes& bytes = payload_if<BytesSent>(event)->bytes;
      inspection.blocks.emplace_back(
          Octets{circumstances.language.format("inspect.content", bytes.size()), bytes});
    }
  }
  inspection.blocks.emplace_back(reasons(event, circumstances));
  inspection.blocks.emplace_back(concerns(event, circumstances));
  return inspection;
}

}  // namespace mailwalk::gui
