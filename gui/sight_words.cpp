#include "gui/sight_words.hpp"

#include "export/caption.hpp"

namespace mailwalk::gui {

RowId records_sent_in(const Telling& telling, EventPosition event) {
  const RowId id = telling.rows().row_of(event);
  if (id == kNoRow) return kNoRow;
  const Row& row = telling.rows()[id];
  return row.kind == RowKind::Records && row.at == event ? id : kNoRow;
}

std::string records_words(const Telling& telling, RowId row, const Language& language) {
  return exporting::records_label(telling.rows().records(row),
                                  exporting::Narrator(language.which()));
}

std::string_view why_hidden(const journal::Event& event, const Language& language) {
  return language.text(is_known_to_ends_alone(event) ? "line.ends_alone" : "line.hidden");
}

std::string sentence_about(const exporting::Happened& happened, const Telling& telling,
                           const Language& language) {
  const EventPosition position = happened.event.position;
  if (telling.hides(position)) return std::string(why_hidden(happened.event, language));
  const RowId id = records_sent_in(telling, position);
  if (id == kNoRow) return exporting::caption(happened, language.which());
  const exporting::Narrator narrator(language.which());
  const Row& row = telling.rows()[id];
  const auto name = [&](NodeId node) {
    return node == kNoNode ? std::string(language.text("ladder.elsewhere"))
                           : narrator.machine(node, happened.after);
  };
  return language.format("line.records", name(row.from), name(row.to),
                         records_words(telling, id, language));
}

}  // namespace mailwalk::gui
