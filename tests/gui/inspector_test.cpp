#include "gui/inspector/inspect.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "gui/safe_text.hpp"
#include "gui/view_cache.hpp"
#include "pop3/transitions.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_payload.hpp"
#include "wire/utf8.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

namespace {

Language language(exporting::Language which) {
  auto loaded = Language::load(std::string(MAILWALK_SOURCE_DIR) + "/assets/lang", which);
  REQUIRE(loaded.ok());
  return *loaded;
}

// Every text that an inspection shows.
class Texts {
 public:
  explicit Texts(const Inspection& inspection) {
    add(inspection.heading);
    add(inspection.source);
    for (const Block& block : inspection.blocks) {
      std::visit([this](const auto& it) { take(it); }, block);
    }
  }
  [[nodiscard]] const std::vector<std::string>& all() const { return all_; }
  [[nodiscard]] bool tell(std::string_view words) const {
    return std::any_of(all_.begin(), all_.end(), [&](const std::string& text) {
      return text.find(words) != std::string::npos;
    });
  }

 private:
  void add(const std::string& text) { all_.push_back(text); }
  void take(const Parts& parts) {
    for (const Parts::Part& part : parts.parts) {
      add(part.text);
      add(part.name);
    }
  }
  void take(const Paragraph& paragraph) { add(paragraph.text); }
  void take(const Facts& facts) {
    add(facts.heading);
    for (const Facts::Fact& fact : facts.facts) {
      add(fact.label);
      add(fact.value);
    }
  }
  void take(const StateMap& map) {
    add(map.now_means);
    for (const std::string& state : map.states) add(state);
    for (const StateMap::Move& move : map.moves) add(move.verb);
  }
  void take(const Octets& octets) { add(octets.heading); }
  void take(const Columns& columns) {
    for (const Columns::Column& column : columns.columns) {
      add(column.heading);
      for (const std::string& line : column.lines) add(line);
    }
  }

  std::vector<std::string> all_;
};

void check_safe(const Inspection& inspection) {
  const Texts texts(inspection);
  for (const std::string& text : texts.all()) {
    INFO(text);
    REQUIRE(safe(text, text.size()) == text);
    REQUIRE(text.size() < 2'000);
  }
}

template <class B>
const B* find_block(const Inspection& inspection) {
  for (const Block& block : inspection.blocks) {
    if (const B* found = std::get_if<B>(&block)) return found;
  }
  return nullptr;
}

// A run with everything that is needed to look into it.
class Looker {
 public:
  explicit Looker(std::unique_ptr<Document> document,
                  exporting::Language which = exporting::Language::English)
      : document_(std::move(document)), language_(language(which)) {}

  const journal::Journal& journal() const { return document_->journal(); }
  const journal::WorldView& view() const { return cache_.after(); }
  Inspection look(EventPosition position, const Selection& selection = {},
                  EventPosition known_until = kNoEvent) {
    cache_.look(*document_, position);
    return inspect(selection, {*document_, cache_.before(), cache_.after(), position, language_,
                               letters_, exporting::Sight::Insider, known_until});
  }
  // The first event of that kind that the condition holds for.
  template <class P, class Condition>
  EventPosition find(Condition condition) const {
    for (const journal::Event& event : journal()) {
      const P* payload = journal::payload_if<P>(event);
      if (payload != nullptr && condition(*payload)) return event.position;
    }
    FAIL("there is no such event");
    return kNoEvent;
  }

 private:
  std::unique_ptr<Document> document_;
  Language language_;
  ViewCache cache_;
  LetterReader letters_;
};

std::string parts_text(const Inspection& inspection) {
  const auto* parts = find_block<Parts>(inspection);
  std::string text;
  if (parts == nullptr) return text;
  for (const Parts::Part& part : parts->parts) {
    text += (text.empty() ? "" : " | ") + part.text + "=" + part.name;
  }
  return text;
}

const StateMap& states_of(const Inspection& inspection) {
  const auto* map = find_block<StateMap>(inspection);
  REQUIRE(map != nullptr);
  return *map;
}

}  // namespace

TEST_CASE("every event of the lessons can be looked into, in both languages", "[gui][inspector]") {
  for (const char* id :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
    for (const auto which : {exporting::Language::English, exporting::Language::Indonesian}) {
      Looker looker(test::lesson(id), which);
      for (const journal::Event& event : looker.journal()) {
        const Inspection inspection = looker.look(event.position);
        INFO(id << " " << event.position.value());
        REQUIRE_FALSE(inspection.heading.empty());
        REQUIRE_FALSE(inspection.blocks.empty());
        check_safe(inspection);
      }
    }
  }
}

TEST_CASE("a DELE is taken apart, and the map shows what is legal", "[gui][inspector]") {
  Looker looker(test::lesson("delete-mode"));
  const EventPosition dele = looker.find<journal::CommandSent>(
      [](const auto& command) { return command.verb == journal::Verb{pop3::Verb::Dele}; });
  const Inspection inspection = looker.look(dele);
  CHECK(parts_text(inspection) == "DELE=command | 1=letter number");
  CHECK(inspection.source == "RFC 1939 section 5");
  CHECK(Texts(inspection).tell("only QUIT"));

  const StateMap& map = states_of(inspection);
  CHECK(map.states[map.now] == "TRANSACTION");
  const std::vector<pop3::Verb> legal = pop3::legal_verbs(pop3::State::Transaction);
  REQUIRE(map.moves.size() == legal.size());
  for (std::size_t i = 0; i < legal.size(); ++i) {
    CHECK(map.moves[i].verb == pop3::name(legal[i]));
    CHECK(map.moves[i].chosen == (legal[i] == pop3::Verb::Dele));
  }
  // QUIT leads on from here; DELE does not.
  const auto quit = std::find_if(map.moves.begin(), map.moves.end(),
                                 [](const auto& move) { return move.verb == "QUIT"; });
  REQUIRE(quit != map.moves.end());
  CHECK(map.states[quit->to] == "UPDATE");
}

TEST_CASE("Base64 hides nothing: what was said to log in stands beside it", "[gui][inspector]") {
  Looker looker(test::lesson("logging-in"), exporting::Language::Indonesian);
  const EventPosition plain = looker.find<journal::CommandSent>(
      [](const auto& command) { return command.line.view().substr(0, 11) == "AUTH PLAIN "; });
  const Inspection inspection = looker.look(plain);
  CHECK(Texts(inspection).tell("␀ani@kampus.example␀"));
  CHECK(inspection.source.find("bagian") != std::string::npos);
  const EventPosition challenge = looker.find<journal::ReplySent>(
      [](const auto& reply) { return reply.code == 334 && reply.text.view().size() > 30; });
  CHECK(Texts(looker.look(challenge)).tell("r="));
}

TEST_CASE("the map offers STARTTLS and AUTH only where the server does", "[gui][inspector]") {
  const auto offers_auth = [](const char* lesson) {
    Looker looker(test::lesson(lesson));
    const EventPosition mail = looker.find<journal::CommandSent>(
        [](const auto& command) { return command.verb == journal::Verb{smtp::Verb::Mail}; });
    const Inspection inspection = looker.look(mail);
    const StateMap& map = states_of(inspection);
    return std::any_of(map.moves.begin(), map.moves.end(),
                       [](const auto& move) { return move.verb == "AUTH"; });
  };
  CHECK_FALSE(offers_auth("whole-journey"));
  CHECK(offers_auth("logging-in"));
}

TEST_CASE("a character that cannot be drawn is a box, and no sign of a damaged mail",
          "[gui][inspector]") {
  CHECK(safe("\xF0\x9F\x8E\x89 Selamat\t!") == "□ Selamat !");
  CHECK(safe("\xFF") == "‹FF›");
  CHECK(safe("surat %s") == "surat %s");
}

TEST_CASE("a RCPT and its reply are taken apart, and each leads to the other", "[gui][inspector]") {
  Looker looker(test::lesson("whole-journey"));
  const EventPosition rcpt = looker.find<journal::CommandSent>(
      [](const auto& command) { return command.verb == journal::Verb{smtp::Verb::Rcpt}; });
  const EventPosition reply = looker.find<journal::ReplySent>(
      [](const auto& sent) { return sent.to == journal::Verb{smtp::Verb::Rcpt}; });
  CHECK_THAT(parts_text(looker.look(rcpt)), ContainsSubstring("=envelope recipient"));
  CHECK_THAT(parts_text(looker.look(reply)), ContainsSubstring("250=code | 2.1.5=enhanced code"));
  CHECK(Texts(looker.look(reply)).tell("the recipient's address is good"));

  // "Why?" of the reply is the command, however many arrivals lie between them.
  const Inspection why = looker.look(reply);
  bool leads_back = false;
  for (const Block& block : why.blocks) {
    const auto* facts = std::get_if<Facts>(&block);
    if (facts == nullptr) continue;
    for (const Facts::Fact& fact : facts->facts) {
      const auto* jump = std::get_if<Jump>(&fact.lead);
      leads_back = leads_back || (jump != nullptr && jump->to == rcpt);
    }
  }
  CHECK(leads_back);
}

TEST_CASE("a letter shows its envelope beside its header, its way and its copies",
          "[gui][inspector]") {
  Looker looker(test::lesson("keep-mode"));
  const EventPosition end{looker.journal().size() - 1};
  looker.look(end);
  REQUIRE_FALSE(looker.view().letters.empty());
  const journal::LetterId letter = looker.view().letters.begin()->key;
  const Inspection inspection = looker.look(end, Selection{letter});
  CHECK(inspection.letter == 0U);
  const auto* columns = find_block<Columns>(inspection);
  REQUIRE(columns != nullptr);
  REQUIRE(columns->columns.size() == 3);
  CHECK_THAT(columns->columns[0].lines.front(), ContainsSubstring("MAIL FROM:<ani@"));
  CHECK_THAT(columns->columns[1].lines.front(), ContainsSubstring("From: "));
  CHECK_FALSE(columns->columns[2].lines.empty());
  const Texts texts(inspection);
  CHECK(texts.tell(" → mx.kantor.example · ESMTP"));
  CHECK(texts.tell("text/plain"));
  CHECK(texts.tell("maildrop on Office mailbox server"));
  check_safe(inspection);
}

TEST_CASE("machines, connections and lines tell their facts at every position",
          "[gui][inspector]") {
  Looker looker(test::lesson("delete-mode"));
  const std::uint64_t events = looker.journal().size();
  for (std::uint64_t at = 0; at < events; at += 7) {
    const EventPosition position{at};
    looker.look(position);
    const journal::WorldView view = looker.view();
    for (const auto& [id, machine] : view.machines) {
      const Inspection inspection = looker.look(position, Selection{id});
      check_safe(inspection);
      CHECK_FALSE(inspection.heading.empty());
    }
    for (const auto& [ends, link] : view.links) {
      check_safe(looker.look(position, Selection{LinkEnds{ends.first, ends.second}}));
    }
    for (std::uint32_t id = 1; id < 5; ++id) {
      check_safe(looker.look(position, Selection{ConnectionId{id}}));
    }
  }
  // At the end the first connection is over, and what it carried is known.
  const Inspection over = looker.look(EventPosition{events - 1}, Selection{ConnectionId{1}});
  CHECK(Texts(over).tell("It is over."));
  CHECK_FALSE(Texts(over).tell(" 0 octets by the client"));
}

TEST_CASE("whatever a recording tells, looking into it does no harm", "[gui][inspector][hostile]") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    Prng prng(seed);
    const auto range = prng.chance(500) ? test::Range::Full : test::Range::Crowded;
    const auto journal = std::make_shared<journal::Journal>();
    for (std::uint64_t i = 0; i < 250; ++i) {
      const EventPosition cause =
          prng.chance(800) && i > 0 ? EventPosition{prng.below(i)} : kNoEvent;
      journal->append(VirtualTime{static_cast<std::int64_t>(prng.below(1'000'000))},
                      NodeId{static_cast<std::uint32_t>(prng.below(5))},
                      ConnectionId{static_cast<std::uint32_t>(prng.below(5))}, cause,
                      test::random_payload(prng.below(test::kPayloadKinds), prng, range));
    }
    Looker looker(std::make_unique<Document>(journal, DocumentText{}));
    for (std::uint64_t at = 0; at < journal->size(); ++at) {
      const EventPosition position{at};
      INFO("seed " << seed << ", event " << at);
      check_safe(looker.look(position));
      const journal::WorldView view = looker.view();
      for (const auto& [id, letter] : view.letters)
        check_safe(looker.look(position, Selection{id}));
      if (at % 10 != 0) continue;
      for (const auto& [id, machine] : view.machines) {
        check_safe(looker.look(position, Selection{id}));
      }
      for (const auto& [id, connection] : view.connections) {
        check_safe(looker.look(position, Selection{id}));
      }
      for (const auto& [id, copy] : view.copies) check_safe(looker.look(position, Selection{id}));
    }
  }
}

TEST_CASE("what an event led to is told only as far as anybody has gone", "[gui][inspector]") {
  Looker looker(test::lesson("delete-mode"));
  const EventPosition dele = looker.find<journal::CommandSent>(
      [](const auto& sent) { return sent.verb == journal::Verb(pop3::Verb::Dele); });
  CHECK(Texts(looker.look(dele)).tell("Led to"));
  CHECK(Texts(looker.look(dele, {}, EventPosition{dele.value() + 20})).tell("Led to"));
  CHECK_FALSE(Texts(looker.look(dele, {}, dele)).tell("Led to"));
}
