// The choices of "what would happen if …", in words and rows. No drawing here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "gui/documents.hpp"
#include "gui/language.hpp"
#include "gui/selection.hpp"
#include "world/possible_changes.hpp"

namespace mailwalk::gui {

// One thing that can be chosen. Those whose words are a line of a session are set in its type.
struct WhatIfChoice {
  std::string label;  // safe to draw
  world::PossibleChange possible;
  bool is_wire = false;
};

// What a person may write in words of their own.
enum class OwnWords : std::uint8_t { None, Answer, Command };

// Choices of one kind, under what they have in common.
struct WhatIfRow {
  std::string title;  // "the server answered"; safe to draw
  std::vector<WhatIfChoice> choices;
  OwnWords own = OwnWords::None;
};

struct WhatIf {
  EventPosition position;  // where the run would be changed
  std::vector<WhatIfRow> rows;

  [[nodiscard]] std::size_t count() const;
  // REQUIRES index < count(); counted row by row.
  [[nodiscard]] const WhatIfChoice& choice(std::size_t index) const;
};

// What can be done at this position to what is pointed at; to the event itself if nothing is. Who
// reads along on the lines is offered no commands in the place of one that is hidden: they would
// tell what it was.
WhatIf make_what_if(const Document& document, EventPosition position, const Selection& what,
                    exporting::Sight sight, const Language& language);

// The same change with a person's own line in the place of the one that it has. nullopt if the line
// is empty or has control characters.
std::optional<world::Change> with_own_words(const world::Change& change, const std::string& line);

}  // namespace mailwalk::gui
