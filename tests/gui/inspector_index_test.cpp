#include "gui/inspector/inspector_index.hpp"

#include <utility>

#include "gui/told_events.hpp"
#include "tests/gui/lessons.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;       // NOLINT
using namespace mailwalk::gui;  // NOLINT

TEST_CASE("effects are the causes read backwards", "[gui][causes]") {
  const auto document = test::lesson("whole-journey");
  const journal::Journal& journal = document->journal();
  const InspectorIndex& index = document->index().inspector();
  std::size_t found = 0, caused = 0;
  for (const journal::Event& event : journal) {
    const EventPosition reason = index.causes().reason(event.position);
    if (reason != kNoEvent) {
      CHECK(reason < event.position);
      ++caused;
    }
    EventPosition before = event.position;
    for (const EventPosition effect : index.causes().effects(event.position, journal.size())) {
      CHECK(index.causes().reason(effect) == event.position);
      CHECK(effect > before);
      before = effect;
      ++found;
    }
  }
  CHECK(found == caused);
  CHECK(caused > 100);
}

TEST_CASE("a command is answered because it was given, and given because of the last answer",
          "[gui][causes]") {
  const auto document = test::lesson("delete-mode");
  const journal::Journal& journal = document->journal();
  const ToldEvents& told = document->index().told();
  const InspectorIndex& index = document->index().inspector();
  std::size_t replies = 0, commands = 0;
  for (const journal::Event& event : journal) {
    const auto cause = told_cause(index.causes(), told, event.position);
    if (const auto* reply = journal::payload_if<journal::ReplySent>(event); reply && reply->to) {
      REQUIRE(cause);
      const auto* command = journal::payload_if<journal::CommandSent>(journal[*cause]);
      const bool is_content = journal::payload_if<journal::ContentSent>(journal[*cause]) != nullptr;
      CHECK((is_content || (command != nullptr && command->verb == *reply->to)));
      ++replies;
    }
    const auto* command = journal::payload_if<journal::CommandSent>(event);
    if (command != nullptr && command->verb == journal::Verb{pop3::Verb::Stat}) {
      REQUIRE(cause);
      const auto* reply = journal::payload_if<journal::ReplySent>(journal[*cause]);
      REQUIRE(reply != nullptr);
      CHECK(reply->to == journal::Verb{pop3::Verb::Pass});
      ++commands;
    }
  }
  CHECK(replies > 30);
  CHECK(commands > 0);
}

TEST_CASE("reasons that are told lie before, and what they led to behind", "[gui][causes]") {
  const auto document = test::lesson("delete-mode");
  const ToldEvents& told = document->index().told();
  const InspectorIndex& index = document->index().inspector();
  for (const EventPosition position : told.all()) {
    if (const auto cause = told_cause(index.causes(), told, position)) CHECK(*cause < position);
    for (const EventPosition effect : told_effects(index.causes(), told, position, 5)) {
      CHECK(effect > position);
      CHECK(told_cause(index.causes(), told, effect) == position);
    }
  }
}

TEST_CASE("traffic is what was sent up to a position", "[gui][traffic]") {
  const auto document = test::lesson("whole-journey");
  const journal::Journal& journal = document->journal();
  const InspectorIndex& index = document->index().inspector();
  OctetsSaid counted;
  NodeId client;
  for (const journal::Event& event : journal) {
    if (event.connection != ConnectionId{1}) continue;
    if (journal::payload_if<journal::ConnectionOpening>(event) != nullptr) client = event.node;
    if (const auto* sent = journal::payload_if<journal::BytesSent>(event)) {
      (event.node == client ? counted.by_client : counted.by_server) += sent->bytes.size();
    }
    const OctetsSaid told = index.traffic().at(ConnectionId{1}, event.position);
    CHECK(told.by_client == counted.by_client);
    CHECK(told.by_server == counted.by_server);
  }
  CHECK(counted.by_client > 100);
  CHECK(index.traffic().at(ConnectionId{99}, EventPosition{5}).by_client == 0);
}

TEST_CASE("a mail that came in was caused by itself, and not by one refused before it",
          "[gui][causes]") {
  using namespace journal;  // NOLINT
  const NodeId client{1};
  const NodeId server{2};
  Journal run;
  const auto add = [&](NodeId node, Payload payload) {
    run.append({}, node, ConnectionId{1}, kNoEvent, std::move(payload));
    return EventPosition{run.size() - 1};
  };
  const auto say = [&](const char* line) {
    CommandSent sent;
    sent.line = Bytes(line);
    CommandReceived received;
    received.line = sent.line;
    const EventPosition said = add(client, sent);
    return std::pair{said, add(server, received)};
  };
  say("DATA");
  add(client, ContentSent{});  // with a bare LF: the session refuses it, and tells nobody of it
  add(server, ReplySent{});
  const EventPosition refusal = add(client, ReplyReceived{});
  const auto [mail_sent, mail_received] = say("MAIL FROM:<ani@kampus.example>");
  say("DATA");
  const EventPosition sent = add(client, ContentSent{});
  const EventPosition received = add(server, ContentReceived{});
  Causes causes;
  for (const Event& event : run) causes.add(event);
  CHECK(causes.reason(received) == sent);
  CHECK(causes.reason(mail_received) == mail_sent);
  CHECK(causes.reason(refusal) == EventPosition{refusal.value() - 1});
}
