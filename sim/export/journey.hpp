// The story of one letter: where it went, and where its copies are.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "export/text.hpp"
#include "journal/journal.hpp"
#include "journal/letter.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::exporting {

// The letter of that name ("A", "a"); nullopt if the view knows none.
std::optional<journal::LetterId> find_letter(const journal::WorldView& view, std::string_view name);

// What happened to the letter, one line for each event in the order of time, hop by hop, and at the
// end where each of its copies is.
std::string journey_text(const journal::Journal& journal, journal::LetterId letter,
                         Language language);

}  // namespace mailwalk::exporting
