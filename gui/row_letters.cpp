#include "gui/row_letters.hpp"

#include <optional>
#include <string_view>
#include <variant>

#include "export/letter_of.hpp"
#include "pop3/command.hpp"
#include "smtp/command.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

// What client and server say of the letter that goes over their line.
LetterId letter_on_line(const WorldView& view, ConnectionId id) {
  const Connection* connection = view.connection(id);
  return connection == nullptr ? kNoLetter : connection->letter;
}

bool is_about_mail(smtp::Verb verb) {
  return verb == smtp::Verb::Mail || verb == smtp::Verb::Rcpt || verb == smtp::Verb::Data;
}

// POP3 counts the letters of the maildrop that the session holds.
LetterId letter_numbered(const WorldView& view, const Connection& connection,
                         std::uint32_t number) {
  const Machine* server = view.machine(connection.server.node);
  if (server == nullptr || number == 0) return kNoLetter;
  for (const auto& [owner, maildrop] : server->maildrops) {
    if (maildrop->lock_holder != connection.id) continue;
    const auto letter = maildrop->letters.at_rank(number - 1);
    if (letter == maildrop->letters.end()) return kNoLetter;
    // What has come in since the session began has no number in it.
    return maildrop->number_in_session(letter->key) == number ? letter->value.copy.letter
                                                              : kNoLetter;
  }
  return kNoLetter;
}

LetterId letter_in_command(const WorldView& view, ConnectionId id, const Verb& verb,
                           std::string_view line) {
  if (const auto* push = std::get_if<smtp::Verb>(&verb)) {
    return is_about_mail(*push) ? letter_on_line(view, id) : kNoLetter;
  }
  const Connection* connection = view.connection(id);
  const auto number = pop3::parse_command(line).command.number;
  if (connection == nullptr || !number) return kNoLetter;
  return letter_numbered(view, *connection, number->value());
}

LetterId find_letter(const Document& document, const Row& row) {
  const Event& event = document.journal()[row.at];
  const WorldView after = document.timeline().view_at(row.at);
  if (const auto* sent = payload_if<CommandSent>(event)) {
    return letter_in_command(after, event.connection, sent->verb, sent->line.view());
  }
  if (const auto* received = payload_if<CommandReceived>(event)) {
    return letter_in_command(after, event.connection, received->verb, received->line.view());
  }
  // Whoever sees only those does not see what they are about.
  if (row.kind == RowKind::Records) return kNoLetter;
  if (row.kind == RowKind::Content) return letter_on_line(after, event.connection);
  const EventPosition earlier = row.at.value() == 0 ? kNoEvent : EventPosition{row.at.value() - 1};
  return exporting::letter_of({event, document.timeline().view_at(earlier), after});
}

}  // namespace

LetterId RowLetters::of(const Document& document, const RunRows& rows, RowId row) {
  if (document_ != &document || kept_.size() >= kMostKept) {
    document_ = &document;
    kept_.clear();
  }
  const auto found = kept_.find(row);
  if (found != kept_.end()) return found->second;
  const Row& it = rows[row];
  // A reply is about what it answers.
  const bool answers = it.kind == RowKind::Reply && it.answers != kNoRow && it.answers < row;
  const LetterId letter = answers ? of(document, rows, it.answers) : find_letter(document, it);
  kept_[row] = letter;
  return letter;
}

bool touches_row(const Selection& selection, const Document& document, const RunRows& rows,
                 RowLetters& letters, RowId row) {
  if (const auto* event = std::get_if<EventPosition>(&selection)) {
    return rows.row_of(*event) == row;
  }
  if (const auto* letter = std::get_if<LetterId>(&selection)) {
    return letters.of(document, rows, row) == *letter;
  }
  if (const auto* copy = std::get_if<CopyId>(&selection)) {
    return letters.of(document, rows, row) == copy->letter;
  }
  if (const auto* link = std::get_if<LinkEnds>(&selection)) {
    const Row& it = rows[row];
    return it.kind != RowKind::Note && link_between(it.from, it.to) == *link;
  }
  return is_selected(selection, rows[row].connection) && rows[row].connection != kNoConnection;
}

}  // namespace mailwalk::gui
