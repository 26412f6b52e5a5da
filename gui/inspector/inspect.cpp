#include "gui/inspector/inspect.hpp"

#include "export/meaning.hpp"

namespace mailwalk::gui {
namespace {

Inspection inspect_at(EventPosition position, const Circumstances& circumstances) {
  const journal::Journal& journal = circumstances.document.journal();
  if (position == kNoEvent || position.value() >= journal.size()) return {};
  if (position == circumstances.position) return inspect_event(journal[position], circumstances);
  journal::Timeline& timeline = circumstances.document.timeline();
  const EventPosition earlier =
      position.value() == 0 ? kNoEvent : EventPosition{position.value() - 1};
  const journal::WorldView before = timeline.view_at(earlier);
  const journal::WorldView after = timeline.view_at(position);
  return inspect_event(journal[position],
                       {circumstances.document, before, after, position, circumstances.language,
                        circumstances.letters, circumstances.sight, circumstances.known_until});
}

}  // namespace

Inspection inspect(const Selection& selection, const Circumstances& circumstances) {
  Inspection found;
  if (const auto* position = std::get_if<EventPosition>(&selection)) {
    found = inspect_at(*position, circumstances);
  } else if (const auto* letter = std::get_if<journal::LetterId>(&selection)) {
    found = inspect_letter(*letter, circumstances);
  } else if (const auto* copy = std::get_if<journal::CopyId>(&selection)) {
    found = inspect_copy(*copy, circumstances);
  } else if (const auto* node = std::get_if<NodeId>(&selection)) {
    found = inspect_machine(*node, circumstances);
  } else if (const auto* connection = std::get_if<ConnectionId>(&selection)) {
    found = inspect_connection(*connection, circumstances);
  } else if (const auto* link = std::get_if<LinkEnds>(&selection)) {
    found = inspect_link(*link, circumstances);
  }
  if (found.blocks.empty()) found = inspect_at(circumstances.position, circumstances);
  found.source = exporting::source_words(found.source, circumstances.language.which());
  return found;
}

}  // namespace mailwalk::gui
