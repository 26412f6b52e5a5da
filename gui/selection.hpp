// The one thing that is selected, wherever it was clicked: every panel marks it where it shows it.
#pragma once

#include <compare>
#include <variant>

#include "base/ids.hpp"
#include "journal/letter.hpp"

namespace mailwalk::gui {

// The line between two machines, whichever of them calls; the smaller id first.
struct LinkEnds {
  NodeId a, b;
  friend constexpr auto operator<=>(const LinkEnds&, const LinkEnds&) = default;
};
constexpr LinkEnds link_between(NodeId one, NodeId other) {
  return one < other ? LinkEnds{one, other} : LinkEnds{other, one};
}

// Nothing; an event (a command, a reply, a line of a transcript …); a letter with all its copies;
// one copy; a machine; a connection; a link.
using Selection = std::variant<std::monostate, EventPosition, journal::LetterId, journal::CopyId,
                               NodeId, ConnectionId, LinkEnds>;

template <class T>
bool is_selected(const Selection& selection, const T& thing) {
  const T* selected = std::get_if<T>(&selection);
  return selected != nullptr && *selected == thing;
}

// Whether a copy is to be marked: it is selected itself, or its letter is.
inline bool touches_copy(const Selection& selection, const journal::CopyId& copy) {
  return is_selected(selection, copy) || is_selected(selection, copy.letter);
}

}  // namespace mailwalk::gui
