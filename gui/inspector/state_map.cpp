#include "gui/inspector/state_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "export/meanings_pop3.hpp"
#include "export/meanings_smtp.hpp"

namespace mailwalk::gui {
namespace {

// The same for both protocols: one row is "in this state, by this verb, to that state".
struct VerbRow {
  std::size_t from = 0, to = 0;
  std::optional<journal::Verb> verb;  // none: something else leads there
};

struct Table {
  std::vector<std::string> states;
  std::vector<std::size_t> hidden;  // unless the session is there
  std::vector<VerbRow> rows;
};

template <class E>
std::size_t index_of(E value) {
  return static_cast<std::size_t>(value);
}

Table smtp_table(exporting::Language language) {
  Table table;
  for (std::size_t i = 0; i < smtp::kStateCount; ++i) {
    const auto label = exporting::name_of(static_cast<smtp::State>(i));
    table.states.emplace_back(label.in(language));
  }
  table.hidden = {index_of(smtp::State::Connected), index_of(smtp::State::NoService)};
  for (const smtp::Transition& row : smtp::transitions()) {
    if (row.legality != smtp::Legality::Allowed) continue;
    table.rows.push_back({index_of(row.from), index_of(row.next), journal::Verb{row.verb}});
  }
  return table;
}

Table pop3_table() {
  Table table;
  for (std::size_t i = 0; i < pop3::kStateCount; ++i) {
    table.states.emplace_back(pop3::name(static_cast<pop3::State>(i)));
  }
  table.hidden = {index_of(pop3::State::Connected)};
  for (const pop3::Transition& row : pop3::kTransitions) {
    table.rows.push_back({index_of(row.from), index_of(row.to), journal::Verb{row.verb}});
  }
  for (const pop3::Passage& passage : pop3::kPassages) {
    const bool in_order = passage.occasion == pop3::Occasion::Greeting ||
                          passage.occasion == pop3::Occasion::UpdateDone;
    if (in_order) table.rows.push_back({index_of(passage.from), index_of(passage.to), {}});
  }
  return table;
}

bool may_be_said(const journal::Verb& verb, Offered offered) {
  if (verb == journal::Verb{smtp::Verb::Starttls}) return offered.starttls;
  if (verb == journal::Verb{smtp::Verb::Auth}) return offered.auth;
  return true;
}

std::string verb_name(const journal::Verb& verb) {
  return std::visit([](auto v) { return std::string(name(v)); }, verb);
}

}  // namespace

Offered offered_until(const Document& document, EventPosition position, ConnectionId connection) {
  const auto& events = document.index().events_of(connection);
  for (auto at = std::upper_bound(events.begin(), events.end(), position); at != events.begin();) {
    const auto* reply = journal::payload_if<journal::ReplySent>(document.journal()[*--at]);
    if (reply == nullptr || reply->code >= 400) continue;
    if (reply->to == journal::Verb{smtp::Verb::Helo}) return {};
    if (reply->to != journal::Verb{smtp::Verb::Ehlo}) continue;
    const auto offers = [&](std::string_view keyword) {
      const std::string_view text = reply->text.view();
      return text.find(fmt::format("\n250-{}", keyword)) != std::string_view::npos ||
             text.find(fmt::format("\n250 {}", keyword)) != std::string_view::npos;
    };
    return {offers("STARTTLS"), offers("AUTH")};
  }
  return {};
}

StateMap state_map(const journal::SessionState& now, const std::optional<journal::Verb>& said,
                   Offered offered, exporting::Language language) {
  const bool is_smtp = journal::protocol_of(now) == journal::Protocol::Smtp;
  const Table table = is_smtp ? smtp_table(language) : pop3_table();
  const std::size_t at = std::visit([](auto state) { return index_of(state); }, now);

  StateMap map;
  map.tint = is_smtp ? Tint::Smtp : Tint::Pop3;
  map.now_means =
      std::visit([&](auto state) { return exporting::meaning_of(state).in(language); }, now);
  std::vector<std::optional<std::size_t>> place(table.states.size());
  for (std::size_t i = 0; i < table.states.size(); ++i) {
    const bool hidden = std::count(table.hidden.begin(), table.hidden.end(), i) > 0;
    if (hidden && i != at) continue;
    place[i] = map.states.size();
    map.states.push_back(table.states[i]);
  }
  map.now = *place[at];
  for (const VerbRow& row : table.rows) {
    if (!place[row.from] || !place[row.to]) continue;
    const std::pair<std::size_t, std::size_t> way{*place[row.from], *place[row.to]};
    const bool is_new = std::find(map.ways.begin(), map.ways.end(), way) == map.ways.end();
    if (way.first != way.second && is_new) map.ways.push_back(way);
    if (row.from == at && row.verb && (may_be_said(*row.verb, offered) || said == row.verb)) {
      map.moves.push_back({verb_name(*row.verb), way.second, said == row.verb});
    }
  }
  return map;
}

}  // namespace mailwalk::gui
