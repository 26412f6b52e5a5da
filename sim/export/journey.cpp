#include "export/journey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "export/ledger.hpp"
#include "export/letter_of.hpp"
#include "export/narrator.hpp"
#include "journal/reducer.hpp"

namespace mailwalk::exporting {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

bool begins_hop(const Event& event) {
  return payload_if<SubmissionBegun>(event) != nullptr ||
         payload_if<RelayBegun>(event) != nullptr || payload_if<LetterRetrieved>(event) != nullptr;
}

// "── #3  Ani's laptop → Campus MTA": the way on which the letter goes.
std::string hop_words(const Happened& happened, const Narrator& narrator) {
  const Connection* connection = happened.after.connection(happened.event.connection);
  if (connection == nullptr) return {};
  const std::string server = connection->server.node == kNoNode
                                 ? connection->address.text()
                                 : narrator.machine(connection->server.node, happened.after);
  return fmt::format("── #{}  {} → {}\n", connection->id.value(),
                     narrator.machine(connection->client.node, happened.after), server);
}

std::string words_about(const Happened& happened, const Narrator& narrator) {
  std::string words;
  if (begins_hop(happened.event)) words += hop_words(happened, narrator);
  const std::string sentence = narrator.tell(happened);
  if (sentence.empty()) return words;
  const std::string clock = clock_text(happened.after.calendar, happened.event.time);
  return words + fmt::format("{}  {}\n", clock, sentence);
}

}  // namespace

std::optional<LetterId> find_letter(const WorldView& view, std::string_view name) {
  const auto named = std::find_if(view.letters.begin(), view.letters.end(), [&](const auto& entry) {
    return ascii::iequals(letter_name(entry.value->number), name);
  });
  if (named == view.letters.end()) return std::nullopt;
  return named->key;
}

std::string journey_text(const Journal& journal, LetterId letter, Language language) {
  const Narrator narrator(language);
  std::string text;
  WorldView before;
  for (const Event& event : journal) {
    WorldView after = apply(before, event);
    const Happened happened{event, before, after};
    if (letter_of(happened) == letter) text += words_about(happened, narrator);
    before = std::move(after);
  }
  text += fmt::format("\n{}\n", narrator.pick("Where is each copy?", "Di mana setiap salinan?"));
  return text + ledger_text(before, letter, narrator);
}

}  // namespace mailwalk::exporting
