// What is offered for a thing that was pointed at: to open it, and another course of things. No
// drawing here.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "gui/documents.hpp"
#include "gui/language.hpp"
#include "gui/selection.hpp"
#include "gui/ui_intent.hpp"
#include "gui/what_if.hpp"

namespace mailwalk::gui {

// A way to see more of the thing: what it is, its session alone, where it came from.
struct OpenChoice {
  std::string label;
  std::variant<intent::ShowIn, intent::JumpTo> opens;
};

struct Offers {
  EventPosition position = kNoEvent;  // where a person stood
  std::vector<OpenChoice> open;
  WhatIf what_if;

  [[nodiscard]] std::size_t count() const { return open.size() + what_if.count(); }
};

// At most three, for somebody who is told so much of the run. Nothing selected: the event at the
// position.
std::vector<OpenChoice> make_open_choices(const Document& document, EventPosition position,
                                          const Selection& what, exporting::Sight sight,
                                          const Language& language);

Offers make_offers(const Document& document, EventPosition position, const Selection& what,
                   exporting::Sight sight, const Language& language);

}  // namespace mailwalk::gui
