#include <fmt/format.h>

#include <optional>
#include <string>

#include "gui/inspector/facts.hpp"
#include "gui/inspector/inspect.hpp"
#include "gui/inspector/state_map.hpp"
#include "gui/link_history.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

const char* condition_key(LinkCondition condition) {
  switch (condition) {
    case LinkCondition::Idle: return "inspect.line_idle";
    case LinkCondition::Calling: return "inspect.line_calling";
    case LinkCondition::Open: return "inspect.line_open";
    case LinkCondition::Stalled: return "inspect.line_stalled";
    case LinkCondition::Cut: return "inspect.line_cut";
    case LinkCondition::Refused: return "inspect.line_refused";
  }
  return "inspect.line_idle";
}

const char* port_key(Port port) {
  if (port == kPop3Port) return "inspect.port_pop3";
  if (port == kPop3sPort) return "inspect.port_pop3s";
  if (port == kSubmissionsPort) return "inspect.port_submissions";
  if (port == kSubmissionPort) return "inspect.port_submission";
  return port == kSmtpPort ? "inspect.port_smtp" : "inspect.port_other";
}

// What is said on it is nothing that whoever looks can know.
bool is_covered(const Connection* connection, const Circumstances& circumstances) {
  if (circumstances.sight == exporting::Sight::Insider || connection == nullptr) return false;
  return connection->client.cover == Cover::Encrypted ||
         connection->server.cover == Cover::Encrypted;
}

void add_end(std::string_view label, const ConnectionEnd& end, bool covered,
             const Circumstances& circumstances, Facts& facts) {
  Facts::Fact row = machine_fact(label, end.node, circumstances);
  if (end.session && !covered)
    row.value += " · " + state_words(*end.session, circumstances.language.which());
  facts.facts.push_back(std::move(row));
}

// Who called whom stands in the event with which the connection began.
const ConnectionOpening* opening_of(ConnectionId connection, const Circumstances& circumstances) {
  const auto& events = circumstances.document.index().events_of(connection);
  if (events.empty()) return nullptr;
  return payload_if<ConnectionOpening>(circumstances.document.journal()[events.front()]);
}

}  // namespace

Inspection inspect_connection(ConnectionId id, const Circumstances& circumstances) {
  const Language& language = circumstances.language;
  const auto& events = circumstances.document.index().events_of(id);
  if (events.empty()) return {};
  const Connection* connection = circumstances.after.connection(id);
  const bool covered = is_covered(connection, circumstances);
  Inspection inspection;
  inspection.heading = language.format("inspect.connection_heading", id.value());
  Facts facts;
  if (connection != nullptr) {
    add_end(language.text("inspect.client"), connection->client, covered, circumstances, facts);
    add_end(language.text("inspect.server"), connection->server, covered, circumstances, facts);
  } else if (const ConnectionOpening* opening = opening_of(id, circumstances)) {
    const NodeId client = circumstances.document.journal()[events.front()].node;
    facts.facts.push_back(machine_fact(language.text("inspect.client"), client, circumstances));
    facts.facts.push_back(
        machine_fact(language.text("inspect.server"), opening->to, circumstances));
  }
  if (const ConnectionOpening* opening = opening_of(id, circumstances)) {
    facts.facts.push_back(fact(language.text("inspect.port"),
                               language.format(port_key(opening->port), opening->port.value())));
  }
  const OctetsSaid said = circumstances.index().traffic().at(id, circumstances.position);
  facts.facts.push_back(fact(language.text("inspect.sent"),
                             language.format("inspect.both_ways", said.by_client, said.by_server)));
  if (connection != nullptr && !covered &&
      circumstances.after.letter(connection->letter) != nullptr) {
    facts.facts.push_back(
        letter_fact(language.text("inspect.letter"), connection->letter, circumstances.after));
  }
  const EventPosition first = events.front();
  facts.facts.push_back(
      fact(language.text("inspect.begun"),
           clock_text(circumstances.after.calendar, circumstances.document.journal()[first].time),
           Jump{first}));
  if (connection == nullptr) {
    const bool is_over = circumstances.position != kNoEvent && circumstances.position >= first;
    facts.facts.push_back(
        fact("", std::string(language.text(is_over ? "inspect.is_over" : "inspect.not_yet"))));
  }
  inspection.blocks.emplace_back(std::move(facts));
  if (covered) {
    inspection.blocks.emplace_back(
        Paragraph{std::string(language.text("line.explained")), Tint::None});
  } else if (connection != nullptr) {
    const ConnectionEnd& end = connection->server.session ? connection->server : connection->client;
    if (end.session) {
      inspection.blocks.emplace_back(state_map(
          *end.session, std::nullopt,
          offered_until(circumstances.document, circumstances.position, id), language.which()));
    }
  }
  return inspection;
}

Inspection inspect_link(const LinkEnds& ends, const Circumstances& circumstances) {
  const Language& language = circumstances.language;
  const Link* link = circumstances.after.links.find({ends.a, ends.b});
  const LinkMoment moment = circumstances.document.index().links().at(ends, circumstances.position);
  if (link == nullptr && moment.from == kNoEvent) return {};
  Inspection inspection;
  inspection.heading = language.text("inspect.line");
  Facts facts;
  for (const NodeId node : {ends.a, ends.b})
    facts.facts.push_back(machine_fact("", node, circumstances));
  if (link != nullptr) {
    facts.facts.push_back(fact(language.text("inspect.latency"), duration_text(link->latency)));
    facts.facts.push_back(
        fact(language.text("inspect.bandwidth"),
             link->bytes_per_second == 0
                 ? std::string(language.text("inspect.unlimited"))
                 : language.format("inspect.per_second", link->bytes_per_second)));
    facts.facts.push_back(fact(language.text("inspect.segment"),
                               language.format("inspect.octets", link->segment_bytes)));
  }
  facts.facts.push_back(fact(language.text("inspect.now"),
                             std::string(language.text(condition_key(moment.condition)))));
  const bool in_trouble = moment.condition == LinkCondition::Stalled ||
                          moment.condition == LinkCondition::Cut ||
                          moment.condition == LinkCondition::Refused;
  if (in_trouble) {
    facts.facts.back().tint = Tint::Fault;
  }
  if (moment.connection != kNoConnection) {
    facts.facts.push_back(fact(language.text("inspect.connection"),
                               fmt::format("#{}", moment.connection.value()),
                               Selection{moment.connection}));
  }
  inspection.blocks.emplace_back(std::move(facts));
  return inspection;
}

}  // namespace mailwalk::gui
