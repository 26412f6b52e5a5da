#include "gui/what_if.hpp"

#include <algorithm>
#include <variant>

#include "base/ascii.hpp"
#include "gui/safe_text.hpp"
#include "world/command_at.hpp"

namespace mailwalk::gui {
namespace {

using world::ChangeKind;
using world::PossibleChange;

std::string machine_label(const journal::WorldView& view, NodeId id, const Language& language) {
  const journal::Machine* machine = view.machine(id);
  if (machine == nullptr) return "?";
  const bool english = language.which() == exporting::Language::English;
  const Bytes& label = english ? machine->label_english : machine->label_indonesian;
  return safe(label.empty() ? machine->name.view() : label.view());
}

std::string wire_line(const world::Input& what) {
  if (const auto* answer = std::get_if<journal::AnswerReplaced>(&what)) {
    return safe(answer->line.view());
  }
  if (const auto* typed = std::get_if<journal::CommandTyped>(&what))
    return safe(typed->line.view());
  return "";
}

std::string label_of(const PossibleChange& it, const Language& language) {
  switch (it.kind) {
    case ChangeKind::CutLine: return std::string(language.text("what_if.cut"));
    case ChangeKind::RefuseCalls: return std::string(language.text("what_if.refuse"));
    case ChangeKind::BeUnreachable: return std::string(language.text("what_if.unreachable"));
    case ChangeKind::Answer:
    case ChangeKind::Type: return wire_line(it.change.what);
    case ChangeKind::ChooseMode: {
      const bool keeps =
          std::get<journal::ModeChosen>(it.change.what).mode == journal::FetchMode::Keep;
      return std::string(language.text(keeps ? "what_if.keep" : "what_if.delete"));
    }
    case ChangeKind::Poll: return std::string(language.text("what_if.poll"));
    case ChangeKind::DrawAnew:
      return language.format("what_if.seed", std::get<journal::SeedChanged>(it.change.what).seed);
  }
  return "";
}

// What can be done to one machine stands together.
bool share_row(const PossibleChange& a, const PossibleChange& b) {
  const auto row = [](ChangeKind kind) {
    switch (kind) {
      case ChangeKind::RefuseCalls:
      case ChangeKind::BeUnreachable:
      case ChangeKind::ChooseMode:
      case ChangeKind::Poll: return ChangeKind::RefuseCalls;
      default: return kind;
    }
  };
  return row(a.kind) == row(b.kind) && a.change.machine == b.change.machine;
}

// Another line in the place of the one that was sent.
WhatIfRow row_of_commands(const Document& document, EventPosition position, ConnectionId connection,
                          const Language& language) {
  const auto sent = world::command_sent_from(document.journal(), position, connection);
  std::string line;
  if (sent) {
    line = safe(journal::payload_if<journal::CommandSent>(document.journal()[*sent])->line.view());
  }
  WhatIfRow row;
  row.title = language.format("what_if.type", line);
  row.own = OwnWords::Command;
  return row;
}

// Which answers are offered tells what was asked, as the command that would be replaced tells
// itself.
bool replaces_hidden(const Document& document, EventPosition position, const PossibleChange& it,
                     const Telling& telling) {
  if (it.kind == ChangeKind::Answer) {
    const auto read = world::command_read_at(document.journal(), position);
    return read && telling.hides(*read);
  }
  if (it.kind != ChangeKind::Type) return false;
  const auto sent = world::command_sent_from(document.journal(), position, it.change.connection);
  return sent && telling.hides(*sent);
}

NodeId pointed_machine(const Selection& what) {
  if (const auto* machine = std::get_if<NodeId>(&what)) return *machine;
  return kNoNode;
}

// The last connection on a link, or the one that is meant.
ConnectionId pointed_connection(const Document& document, EventPosition position,
                                const Selection& what) {
  if (const auto* connection = std::get_if<ConnectionId>(&what)) return *connection;
  if (const auto* link = std::get_if<LinkEnds>(&what)) {
    return document.index().links().at(*link, position).connection;
  }
  return kNoConnection;
}

// Where a letter lies, the machine is meant.
NodeId machine_of_copy(const journal::WorldView& view, const Selection& what) {
  const auto* copy = std::get_if<journal::CopyId>(&what);
  if (copy == nullptr) return kNoNode;
  const journal::Copy* found = view.copies.find(*copy);
  return found == nullptr ? kNoNode : found->machine;
}

}  // namespace

std::size_t WhatIf::count() const {
  std::size_t all = 0;
  for (const WhatIfRow& row : rows) all += row.choices.size();
  return all;
}

const WhatIfChoice& WhatIf::choice(std::size_t index) const {
  auto row = rows.begin();
  while (index >= row->choices.size()) {
    index -= row->choices.size();
    ++row;
  }
  return row->choices[index];
}

WhatIf make_what_if(const Document& document, EventPosition position, const Selection& what,
                    exporting::Sight sight, const Language& language) {
  // An event that is selected elsewhere (a line of the transcript) is meant itself.
  if (const auto* event = std::get_if<EventPosition>(&what)) position = *event;
  WhatIf menu{position, {}};
  if (position == kNoEvent) return menu;
  const journal::WorldView view = document.timeline().view_at(position);
  world::Pointed pointed{position, pointed_machine(what),
                         pointed_connection(document, position, what)};
  if (pointed.machine == kNoNode) pointed.machine = machine_of_copy(view, what);
  const auto row_for = [&](const PossibleChange& it) -> WhatIfRow {
    WhatIfRow row;
    switch (it.kind) {
      case ChangeKind::Type:
        return row_of_commands(document, position, it.change.connection, language);
      case ChangeKind::Answer:
        row.title = language.text("what_if.answer");
        row.own = OwnWords::Answer;
        break;
      case ChangeKind::CutLine: row.title = language.text("what_if.line"); break;
      case ChangeKind::DrawAnew: row.title = language.text("what_if.chance"); break;
      default: row.title = machine_label(view, it.change.machine, language);
    }
    return row;
  };
  for (PossibleChange& it :
       world::possible_changes(document.journal(), document.timeline(), pointed)) {
    if (replaces_hidden(document, position, it, document.index().telling(sight))) continue;
    const bool fits =
        !menu.rows.empty() && share_row(menu.rows.back().choices.front().possible, it);
    if (!fits) menu.rows.push_back(row_for(it));
    WhatIfRow& row = menu.rows.back();
    const bool is_wire = row.own != OwnWords::None;
    row.choices.push_back({label_of(it, language), std::move(it), is_wire});
  }
  return menu;
}

std::optional<world::Change> with_own_words(const world::Change& change, const std::string& line) {
  if (line.empty() || std::any_of(line.begin(), line.end(), ascii::is_control)) return std::nullopt;
  world::Change own = change;
  if (auto* answer = std::get_if<journal::AnswerReplaced>(&own.what)) answer->line = Bytes(line);
  if (auto* typed = std::get_if<journal::CommandTyped>(&own.what)) typed->line = Bytes(line);
  return own;
}

}  // namespace mailwalk::gui
