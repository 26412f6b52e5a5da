// What the inspector tells about whatever is selected: an event, a letter, a machine, a connection
// or a line between machines.
#pragma once

#include "gui/documents.hpp"
#include "gui/inspector/inspection.hpp"
#include "gui/inspector/letter_content.hpp"
#include "gui/language.hpp"
#include "gui/selection.hpp"
#include "journal/event.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::gui {

// What is known when something is looked into. Of an event, the views are those around it; of
// anything else, those around the position.
struct Circumstances {
  const Document& document;
  const journal::WorldView& before;
  const journal::WorldView& after;
  EventPosition position;
  const Language& language;
  LetterReader& letters;
  exporting::Sight sight = exporting::Sight::Insider;
  // As far as anybody has gone: what comes later is not given away. kNoEvent: all of it is known.
  EventPosition known_until = kNoEvent;

  [[nodiscard]] const Telling& telling() const { return document.index().telling(sight); }
  [[nodiscard]] const InspectorIndex& index() const { return document.index().inspector(); }
};

Inspection inspect_event(const journal::Event& event, const Circumstances& circumstances);
// Of a letter as it is on its furthest copy, or on this one.
Inspection inspect_letter(journal::LetterId letter, const Circumstances& circumstances);
Inspection inspect_copy(const journal::CopyId& copy, const Circumstances& circumstances);
Inspection inspect_machine(NodeId node, const Circumstances& circumstances);
Inspection inspect_connection(ConnectionId connection, const Circumstances& circumstances);
Inspection inspect_link(const LinkEnds& ends, const Circumstances& circumstances);

// Nothing selected, or nothing that is there: the event at the position.
Inspection inspect(const Selection& selection, const Circumstances& at_position);

}  // namespace mailwalk::gui
